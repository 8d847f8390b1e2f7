import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenForOutputs } from "./output-listener.ts";
import type { OutputListener } from "./output-listener.ts";

let directory: string;
let listener: OutputListener;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "o-"));
  listener = await listenForOutputs(join(directory, "o"));
});

afterEach(async () => {
  await listener[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

function dial(): Socket {
  return connect(join(directory, "o"));
}

describe("listenForOutputs", () => {
  it("tells the streams of each kernel apart, and when both have ended", async () => {
    const heard: string[] = [];
    const a = listener.expect("a", (stream, text) => heard.push(`a ${stream} ${text}`));
    const b = listener.expect("b", (stream, text) => heard.push(`b ${stream} ${text}`));
    dial().end("a stdout\none");
    dial().end("a stderr\n");
    await a.ended;
    dial().end("b stdout\ntwo");
    dial().end("b stderr\nthree");
    await b.ended;
    expect(heard.toSorted()).toEqual(["a stdout one", "b stderr three", "b stdout two"]);
  });

  it("puts characters together that came in pieces, and greetings too", async () => {
    const heard: string[] = [];
    const output = listener.expect("a", (_stream, text) => heard.push(text));
    dial().end("a stderr\n");
    const socket = dial().setNoDelay();
    for (const byte of Buffer.from("a stdout\nü")) {
      const written = Promise.withResolvers<void>();
      socket.write(Buffer.of(byte), () => written.resolve());
      await written.promise;
    }
    socket.end();
    await output.ended;
    expect(heard.join("")).toBe("ü");
  });

  it.each(["nobody stdout\nx".padEnd(200, "x"), "a stdin\n".padEnd(200, "x"), "x".repeat(200)])(
    "hangs up on who is not expected",
    async (greeting) => {
      const heard: string[] = [];
      listener.expect("a", (_stream, text) => heard.push(text));
      const socket = dial();
      socket.on("error", () => {});
      socket.write(greeting);
      await once(socket, "close");
      expect(heard).toEqual([]);
    },
  );

  it("takes no further streams of a kernel that was forgotten, but goes on with those it has", async () => {
    const said = Promise.withResolvers<string>();
    const output = listener.expect("a", (_stream, text) => said.resolve(text));
    const early = dial();
    early.write("a stdout\n1");
    await said.promise;
    output.forget();
    const late = dial();
    late.on("error", () => {});
    late.write("a stderr\n".padEnd(200, "x"));
    await once(late, "close");
    expect(early.closed).toBe(false);
    early.end();
  });
});
