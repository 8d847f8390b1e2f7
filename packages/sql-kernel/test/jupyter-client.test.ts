import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { environments } from "../../kernel/testing/kernel-bed.ts";
import { installSqlKernelspec } from "../src/index.ts";

const data = mkdtempSync(join(tmpdir(), "sql-data-"));
afterAll(() => rmSync(data, { recursive: true }));

const run = promisify(execFile);

it("jupyter_client runs it from its kernelspec, over TCP", async () => {
  const main = fileURLToPath(new URL("./kernel-main.ts", import.meta.url));
  const command = [process.execPath, "--conditions=@notemill/source", main];
  expect(await installSqlKernelspec(data, command)).toBe(join(data, "kernels", "sql"));
  const python = join(environments.peers, "bin", "python");
  const script = fileURLToPath(new URL("./jupyter_client_drive.py", import.meta.url));
  const { stdout } = await run(python, [script, data], { cwd: data });
  expect(JSON.parse(stdout)).toMatchObject({
    value: ["answer\n──────\n    42\n(1 row)"],
    rows: [[{ answer: 42 }]],
    error: ["error", "Binder Error"],
    complete: expect.arrayContaining(["orders"]),
    inspect: "memory.main.orders\n  total INTEGER",
    is_complete: "incomplete",
    history: ["CREATE TABLE orders (total INTEGER)"],
    interrupted: ["error", "Interrupted"],
    restarted: ["n\n─\n0\n(1 row)"],
    alive: true,
    ended: true,
  });
});
