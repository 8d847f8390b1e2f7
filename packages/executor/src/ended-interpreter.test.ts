import type { ExecuteReply } from "@notemill/messaging";
import type { Output } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { whyEnded } from "./ended-interpreter.ts";

const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const reply = (...sources: readonly string[]): ExecuteReply => ({
  status: "ok",
  execution_count: 1,
  user_expressions: {},
  payload: sources.map((source) => ({ source })),
});

it.each<[string, string, ExecuteReply, readonly Output[], string | undefined]>([
  ["a shell that ended", "bash_kernel", reply(), [stream("line\nRestarting Bash")], "the shell ended"],
  ["one that ended last", "bash_kernel", reply(), [stream("a\n"), stream("Restarting Bash\n")], "the shell"],
  ["what a cell printed itself", "bash_kernel", reply(), [stream("Restarting Bash\nline\n")], undefined],
  ["nothing", "bash_kernel", reply(), [], undefined],
  ["the same in another kernel", "ipython", reply(), [stream("Restarting Bash")], undefined],
  ["quit() in R", "IRkernel", reply("page", "ask_exit"), [], "quit()"],
  ["a page in R", "IRkernel", reply("page"), [], undefined],
  ["exit() in Python, which ends it", "ipython", reply("ask_exit"), [], undefined],
])("tells of %s", (_what, implementation, answer, outputs, why) => {
  const found = whyEnded({ implementation }, answer, outputs);
  if (why === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(why);
});
