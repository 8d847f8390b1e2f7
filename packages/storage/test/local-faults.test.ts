import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLocation } from "../src/index.ts";
import { makePipe, run, scriptCommand, start } from "../testing/run-script.ts";
import { killWriters } from "./kill-writers.ts";
import { streamThrough } from "./stream-through.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "notemill-faults-"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("a process that is killed while it writes", () => {
  it("leaves a whole version of the file, and whole lines in the journal", () => killWriters(directory, 3));
});

describe("a disk that is full", () => {
  const expected = {
    location: "STORAGE_FULL",
    create: "STORAGE_FULL",
    replace: "STORAGE_FULL",
    journal: "STORAGE_FULL",
    lines: ['"first"', '"second"'],
    contents: "oldold",
    names: ["out.ipynb", "stored"],
    after: "ok",
  };

  it("keeps the earlier files, and no half of a later one", async () => {
    const script = scriptCommand("write-until-full.ts", [directory, "--ballast"]);
    const mounted = await run(mountSmallDisk(script));
    if (mounted.stderr.includes(CANNOT_MOUNT)) {
      // Where no disk can be mounted, a limit on the size of files stands for one.
      const limited = await run(limitFiles(scriptCommand("write-until-full.ts", [directory])));
      expect(limited.stderr).toBe("");
      expect(JSON.parse(limited.stdout)).toEqual(expected);
      return;
    }
    expect(mounted.stderr).toBe("");
    expect(JSON.parse(mounted.stdout)).toEqual({ ...expected, check: "STORAGE_FULL", small: "STORAGE_FULL" });
  });

  it("is told from other trouble where files have a largest size", async () => {
    const limited = await run(limitFiles(scriptCommand("write-until-full.ts", [directory])));
    expect(limited.stderr).toBe("");
    expect(JSON.parse(limited.stdout)).toEqual(expected);
  });

  const CANNOT_MOUNT = "cannot mount a small disk";

  /** Runs a script with a disk of one megabyte at `directory`, which is gone with the process. */
  function mountSmallDisk(script: readonly string[]): [string, ...string[]] {
    const mount = `mount -t tmpfs -o size=1m notemill-test "$0" 2>/dev/null || { echo "${CANNOT_MOUNT}" >&2; exit; }`;
    const inside = ["sh", "-c", `${mount}; exec "$@"`, directory, ...script];
    if (!existsSync("/proc/self/ns/mnt")) return ["sh", "-c", `echo "${CANNOT_MOUNT}" >&2`];
    const outside = `unshare --map-root-user --mount true 2>/dev/null || { echo "${CANNOT_MOUNT}" >&2; exit; }`;
    return ["sh", "-c", `${outside}; exec unshare --map-root-user --mount "$@"`, "sh", ...inside];
  }

  /** Runs a script that can write no file beyond one megabyte. */
  function limitFiles(script: readonly string[]): [string, ...string[]] {
    return ["bash", "-c", 'trap "" XFSZ; ulimit -f 1024; exec "$@"', "bash", ...script];
  }
});

describe("a pipe", () => {
  it("is waited for until it has a reader, and written through", async () => {
    const pipe = join(directory, "pipe");
    await makePipe(pipe);
    const location = openLocation(pipe);
    expect(location.rewritable).toBe(false);
    await location.checkWritable();
    const writing = location.write(["x".repeat(1_000_000), "end"]);
    const { stdout } = await run(["cat", pipe]);
    await writing;
    expect(stdout).toHaveLength(1_000_003);
    expect(stdout.endsWith("end")).toBe(true);
  });

  it("that nobody ever reads is given up when the caller says so", async () => {
    const pipe = join(directory, "pipe");
    await makePipe(pipe);
    const stop = new AbortController();
    const writing = openLocation(pipe).write(["x"], { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(writing).rejects.toThrow("enough");
  });

  it("is read to its end", async () => {
    const pipe = join(directory, "pipe");
    await makePipe(pipe);
    const writer = start(["sh", "-c", `head -c 300000 /dev/zero > "$0"`, pipe], "ignore");
    const ended = once(writer, "exit");
    expect(await openLocation(pipe).read()).toHaveLength(300_000);
    await ended;
  });

  it("that nobody ever writes is given up when the caller says so", async () => {
    const pipe = join(directory, "pipe");
    await makePipe(pipe);
    const stop = new AbortController();
    const reading = openLocation(pipe).read({ signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it.each(["-", "/dev/stdout", "/dev/fd/1", "/dev/fd/5"])("gets all that is written to %s", async (name) => {
    const [node, ...args] = scriptCommand("write-to.ts", [name]);
    const through = await run(["bash", "-c", '"$@" 5>&1 | wc -c', "bash", node, ...args]);
    expect(through).toMatchObject({
      stdout: expect.stringMatching(/^\s*1048576\s*$/) as string,
      stderr: "ok",
    });
  });

  it.each(["-", "/dev/stdout"])("whose reader has gone away is an error of %s and no crash", async (name) => {
    const [node, ...args] = scriptCommand("write-to.ts", [name]);
    const broken = await run(["bash", "-c", '"$@" | head -c 1 > /dev/null', "bash", node, ...args]);
    expect(broken).toMatchObject({ code: 0, stderr: "STORAGE_UNAVAILABLE" });
  });

  it("goes to the end of a file that standard output is appended to", async () => {
    const log = join(directory, "log");
    const [node, ...args] = scriptCommand("write-to.ts", ["/dev/stdout"]);
    await run(["bash", "-c", 'echo before > "$0"; "$@" >> "$0" 2> /dev/null', log, node, ...args]);
    const written = readFileSync(log, "utf8");
    expect(written).toHaveLength(7 + 1024 * 1024);
    expect(written.startsWith("before\n")).toBe(true);
  });
});

describe("a file that is larger than memory should hold", () => {
  it("goes through the fs driver in pieces", () => streamThrough("fs", directory));
});
