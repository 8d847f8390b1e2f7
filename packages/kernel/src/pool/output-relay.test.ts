import { describe, expect, it } from "vitest";
import { createOutputRelay } from "./output-relay.ts";

describe("createOutputRelay", () => {
  it("keeps what is written until somebody listens, in order", () => {
    const relay = createOutputRelay();
    const heard: string[] = [];
    relay.write("stdout", "a");
    relay.write("stderr", "b");
    relay.connect((stream, text) => heard.push(`${stream} ${text}`));
    relay.write("stdout", "c");
    expect(heard).toEqual(["stdout a", "stderr b", "stdout c"]);
  });

  it("keeps the last of very much", () => {
    const relay = createOutputRelay();
    const heard: string[] = [];
    for (let index = 0; index < 1_200; index += 1) relay.write("stdout", `${index}`);
    relay.connect((_stream, text) => heard.push(text));
    expect([heard.length, heard[0], heard.at(-1)]).toEqual([1_000, "200", "1199"]);
  });

  it("drops what nobody wants", () => {
    const relay = createOutputRelay();
    relay.write("stdout", "a");
    relay.connect(undefined);
    expect(() => relay.write("stdout", "b")).not.toThrow();
  });
});
