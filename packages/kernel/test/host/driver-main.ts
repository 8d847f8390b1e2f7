/** A process that drives a hosted kernel and says what it sees, until it is killed. */
import { text } from "node:stream/consumers";
import { startHostedKernel } from "../../src/index.ts";
import type { DriverPlan, DriverReport } from "./driver-process.ts";
import { numbersIn } from "./read-lines.ts";

function report(what: DriverReport): void {
  // Into a pipe this writes at once, so that what was said is there when this process is killed.
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

const { options, code } = JSON.parse(await text(process.stdin)) as DriverPlan;
const kernel = await startHostedKernel(options);
report({ event: "started", hostDir: kernel.hostDir, hostPid: kernel.hostPid, pid: kernel.pid });
const execution = kernel.execute(code);
report({ event: "executing", msgId: execution.msgId });
try {
  for await (const message of execution) {
    const numbers = numbersIn(message);
    const sequence = kernel.sequenceOf(message) ?? 0;
    if (numbers.length > 0) report({ event: "saw", sequence, numbers });
  }
} catch (error) {
  report({ event: "failed", code: (error as { code?: string }).code ?? String(error) });
}
// It lives until it is killed; its connection to the host sees to that.
