import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostBed } from "./host-bed.ts";
import { makeHostBed } from "./host-bed.ts";
import { peersPython } from "./python-environment.ts";
import { printed } from "./read-lines.ts";

let bed: HostBed;

beforeEach(async () => {
  bed = await makeHostBed();
});

afterEach(() => bed.close());

describe("jupyter_client, by the connection file of a hosted kernel", () => {
  it("sees its variables, and the driver sees what it does", async () => {
    await using kernel = await bed.start();
    // To its last message: the reply may overtake what is said of the code.
    await printed(kernel.execute("x = 41"));
    const codes: string[] = [];
    kernel.onIopub((message) => {
      if (message.type === "execute_input") codes.push(message.content.code);
    });
    expect(await attach(kernel.connectionFile, "x += 1; print(x)")).toBe("42\n");
    expect(await printed(kernel.execute("print(x)"))).toBe("42\n");
    expect(codes).toEqual(["x += 1; print(x)", "print(x)"]);
  });

  it("does so too after a restart, and when nobody drives the kernel", async () => {
    const kernel = await bed.start({ keepLeaseMs: 600_000, transport: "tcp" });
    await kernel.restart();
    await kernel.execute("y = 'kept'").reply;
    await kernel.release();
    expect(await attach(kernel.connectionFile, "print(y)")).toBe("kept\n");
    process.kill(kernel.hostPid, "SIGTERM");
  });
});

const run = promisify(execFile);

/** Executes code as `jupyter console --existing` would, and gives what it printed. */
async function attach(connectionFile: string, code: string): Promise<string> {
  const script = fileURLToPath(new URL("./jupyter_client_attach.py", import.meta.url));
  const { stdout } = await run(peersPython, [script, connectionFile, code]);
  return stdout;
}
