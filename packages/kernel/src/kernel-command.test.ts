import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kernelCommand } from "./kernel-command.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "command-"));
  for (const path of ["env/bin/python", "other/bin/python3"]) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), "");
    chmodSync(join(root, path), 0o755);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

/** The command of a kernelspec in `env`, with the root written as `~`. */
function command(argv: readonly string[], resourceDir = `${root}/env/share/jupyter/kernels/k`): string {
  const kernelspec = {
    name: "k",
    resourceDir,
    argv,
    displayName: "",
    language: "",
    interruptMode: "signal" as const,
    env: {},
    metadata: {},
  };
  const words = kernelCommand(kernelspec, "/c.json", `${root}/other/bin`);
  return words.join(" ").replaceAll(root, "~");
}

describe("kernelCommand", () => {
  it.each([
    [
      "k -f {connection_file} -d {resource_dir} {other}",
      "k -f /c.json -d ~/env/share/jupyter/kernels/k {other}",
    ],
    ["{prefix}/bin/k", "~/env/bin/k"],
    ["python -m x", "~/env/bin/python -m x"],
    ["python3 -m x", "~/env/bin/python -m x"],
    ["python3.11 -m x", "~/env/bin/python -m x"],
    ["/usr/bin/python -m x", "/usr/bin/python -m x"],
    ["pythonw -m x", "pythonw -m x"],
    [
      "python -m ipykernel_launcher -f {connection_file}",
      "~/env/bin/python -m ipykernel_launcher -f /c.json --HistoryManager.hist_file=:memory: --Kernel._execute_sleep=0",
    ],
  ])("turns %j into %j", (argv, expected) => {
    expect(command(argv.split(" "))).toBe(expected);
  });

  it("looks for Python in PATH when the kernelspec is in no environment", () => {
    expect(command(["python"], "/somewhere/kernels/k")).toBe("~/other/bin/python3");
    expect(command(["python"], `${root}/none/share/jupyter/kernels/k`)).toBe("~/other/bin/python3");
  });
});
