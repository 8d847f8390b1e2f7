import { once } from "node:events";
import { lstat, readdir } from "node:fs/promises";
import type { Socket } from "node:net";
import { createConnection } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attachKernel } from "../../src/index.ts";
import type { HostedKernel } from "../../src/index.ts";
import type { Frame } from "../../src/host/frame-codec.ts";
import { createFrameDecoder, encodeFrame } from "../../src/host/frame-codec.ts";
import { hostSocket } from "../../src/host/host-directory.ts";
import type { HostBed } from "./host-bed.ts";
import { makeHostBed } from "./host-bed.ts";
import { printed } from "./read-lines.ts";

let bed: HostBed;
/** One for all tests: what changes nothing leaves it to the next. */
let kernel: HostedKernel;

beforeAll(async () => {
  bed = await makeHostBed();
  kernel = await bed.start();
});

afterAll(async () => {
  await kernel.shutdown({ mode: "immediate" });
  await bed.close();
});

describe("whoever connects to a kernel host", () => {
  it.each([
    ["speaks no protocol", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["says a frame is very long", Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ["is of another version", frame({ type: "attach", version: 99, takeOver: true, fence: null })],
    ["begins with what only a driver may send", frame({ type: "acknowledge", sequence: 9 })],
    ["starts what was started", frame({ type: "start", version: 1 })],
    ["sends frames of unknown types", frame({ type: "eval", code: "1" })],
  ])("and %s is told so, and changes nothing", async (_what, bytes) => {
    const received = await talk(bytes);
    expect(received.map(({ header }) => header)).toMatchObject([
      { type: "refused", error: { code: "KERNEL_HOST_PROTOCOL" } },
    ]);
    expect(await printed(kernel.execute("print(1)"))).toBe("1\n");
  });

  it("and goes away without a word changes nothing", async () => {
    const socket = await connect();
    socket.end();
    await once(socket, "close");
    expect(await printed(kernel.execute("print(1)"))).toBe("1\n");
  });

  it("has to be the same user", async () => {
    const mode = async (path: string): Promise<number> => (await lstat(path)).mode & 0o777;
    expect(await mode(bed.runtimeDir)).toBe(0o700);
    expect(await mode(kernel.hostDir)).toBe(0o700);
    expect(await mode(join(kernel.hostDir, "host.json"))).toBe(0o600);
    await kernel.execute("1").reply;
    for (const name of await readdir(join(kernel.hostDir, "spool"))) {
      expect(await mode(join(kernel.hostDir, "spool", name))).toBe(0o600);
    }
  });
});

// The last, as it takes the kernel with it.
describe("a driver that breaks the protocol", () => {
  it("loses the kernel as if it had died", async () => {
    const socket = await connect();
    socket.write(frame({ type: "attach", version: 1, takeOver: true, fence: null }));
    await once(socket, "data");
    socket.write(frame({ type: "message", channel: "shell" }));
    await bed.untilEmpty();
    await expect(attachKernel(kernel.hostDir)).rejects.toMatchObject({ code: "KERNEL_HOST_NOT_FOUND" });
  });
});

function frame(header: { readonly type: string; readonly [field: string]: unknown }): Buffer {
  return Buffer.concat(encodeFrame(header));
}

async function connect(): Promise<Socket> {
  const socket = createConnection(hostSocket(kernel.hostDir));
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Sends some bytes and gives what comes back until the host ends the connection. */
async function talk(bytes: Buffer): Promise<readonly Frame[]> {
  const socket = await connect();
  const decoder = createFrameDecoder();
  const frames: Frame[] = [];
  socket.on("data", (chunk: Buffer) => void frames.push(...decoder.push(chunk)));
  socket.write(bytes);
  await once(socket, "close");
  return frames;
}
