import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { KernelMessage } from "@notemill/messaging";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KernelChannels } from "../../src/kernel-channels.ts";
import { planPlace } from "../../src/kernel-place.ts";
import type { KernelPlace } from "../../src/kernel-place.ts";
import { openKernelSockets } from "../../src/kernel-sockets.ts";
import { openZeromqChannels } from "../../src/zeromq-channels.ts";
import { header } from "../../testing/messages.ts";
import { playKernel } from "../../testing/played-kernel.ts";
import type { PlayedKernel } from "../../testing/played-kernel.ts";

let directory = "";
let place: KernelPlace;
let kernel: PlayedKernel;
let channels: KernelChannels;
let heard: KernelMessage[];
let rejected: string[];
let wake = (_msgType: string): void => {};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "nmt-"));
  place = await planPlace(directory, "played", "ipc");
  [heard, rejected] = [[], []];
  channels = openZeromqChannels(place.connection, {
    onMessage(message) {
      wake(message.header.msg_type);
      heard.push(message);
    },
    onRejected: (error) => rejected.push("code" in error ? String(error.code) : String(error)),
    onCut() {},
  });
  kernel = await playKernel(place.connection);
  await untilHeard("hello", "{}");
});
afterEach(() => {
  channels.close();
  kernel.close();
  rmSync(directory, { recursive: true });
});

/** Publishes a message until it arrives, as the subscription takes its time. */
async function untilHeard(msgType: string, content: string): Promise<void> {
  const heardIt = new Promise<boolean>((resolve) => {
    wake = (heardType) => {
      if (heardType === msgType) resolve(true);
    };
  });
  const publish = async (): Promise<boolean> => {
    await kernel.publish(msgType, content);
    return new Promise((resolve) => setImmediate(resolve, false));
  };
  while (!(await Promise.race([heardIt, publish()]))) continue;
}

/** Waits for everything that was published up to now. */
let drains = 0;
const drain = (): Promise<void> => untilHeard(`drain_${(drains += 1)}`, "{}");

const texts = (): readonly string[] =>
  heard.flatMap((message) => (message.type === "stream" ? [message.content.text] : []));

describe("channels", () => {
  it("pass on what is signed, and drop and report the rest", async () => {
    const stream = (text: string): string => JSON.stringify({ name: "stdout", text });
    await kernel.publish("stream", stream("one"));
    await kernel.publish("stream", stream("forged"), { key: "another key" });
    await kernel.publish("stream", stream("two"), { msgId: "twice" });
    await kernel.publish("stream", stream("two"), { msgId: "twice" });
    await kernel.publishFrames(["<IDS|MSG>"]);
    await kernel.publishFrames(["no", "delimiter"]);
    await kernel.publishFrames(["", "<IDS|MSG>", "", "{", "}", "", "[", ""]);
    await kernel.publish("stream", "{not json");
    await kernel.publish("stream", stream("three"));
    await drain();
    expect(texts()).toEqual(["one", "two", "three"]);
    expect(rejected).toEqual([
      "MESSAGE_SIGNATURE_INVALID",
      "MESSAGE_REPLAYED",
      "MESSAGE_MALFORMED",
      "MESSAGE_MALFORMED",
      "MESSAGE_SIGNATURE_INVALID",
      "MESSAGE_MALFORMED",
    ]);
  });

  it("sign what they send", async () => {
    channels.send("shell", { header: header("1", "kernel_info_request"), content: { a: 1 } });
    const [, delimiter, signature, first, ...rest] = await kernel.receive();
    expect(delimiter).toBe("<IDS|MSG>");
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(first ?? "")).toMatchObject({ msg_id: "1", msg_type: "kernel_info_request" });
    expect(rest).toEqual(["{}", "{}", '{"a":1}']);
  });

  it("read a long text in pieces, between what comes before and after", async () => {
    const long = "0123456789".repeat(1_000_000);
    await kernel.publish("stream", JSON.stringify({ name: "stdout", text: "before" }));
    await kernel.publish("stream", JSON.stringify({ name: "stderr", text: long }));
    await kernel.publish("stream", JSON.stringify({ name: "stdout", text: "after" }));
    await drain();
    expect(texts().length).toBeGreaterThan(5);
    expect(texts().join("") === `before${long}after`).toBe(true);
  });

  it("say that they were cut, as by a message that is too large, and go on", async () => {
    const happened: string[] = [];
    const sockets = openKernelSockets(
      place.connection,
      {
        onFrames() {
          happened.push("heard");
          return undefined;
        },
        onCut: () => void happened.push("cut"),
      },
      { maxIopubFrameBytes: 1 << 20 },
    );
    const tooLarge = Buffer.alloc((1 << 20) + 1);
    // Until the subscription is there, nothing arrives that could be too large.
    while (!happened.includes("cut")) await kernel.publishFrames([tooLarge]).then(nextTurn);
    while (!happened.includes("heard")) await kernel.publish("hello", "{}").then(nextTurn);
    sockets.close();
  });

  it("deliver what they had received when they were cut, however slow the reader is", async () => {
    const said: string[] = [];
    const released = Promise.withResolvers<void>();
    const wasCut = Promise.withResolvers<void>();
    const sockets = openKernelSockets(
      place.connection,
      {
        onFrames(_channel, frames) {
          said.push(Buffer.concat(frames).toString());
          return released.promise;
        },
        onCut: wasCut.resolve,
      },
      { maxIopubFrameBytes: 1 << 20 },
    );
    while (said.length === 0) await kernel.publish("hello", "{}").then(nextTurn);
    for (let i = 0; i < 100; i++) await kernel.publish("stream", JSON.stringify({ text: `line ${i};` }));
    await kernel.publishFrames([Buffer.alloc((1 << 20) + 1)]);
    await wasCut.promise;
    await nextTurn();
    released.resolve();
    await sockets.drain();
    sockets.close();
    const lines = said.join().match(/line \d+;/g) ?? [];
    expect(lines).toEqual(Array.from({ length: 100 }, (_, i) => `line ${i};`));
  });

  it("deliver what a kernel said before it ended", async () => {
    for (let i = 0; i < 1_000; i++) await kernel.publish("stream", JSON.stringify({ text: String(i) }));
    await drain();
    heard.length = 0;
    for (let i = 0; i < 10; i++) await kernel.publish("stream", JSON.stringify({ text: String(i) }));
    const sent = channels.drain?.();
    await drain();
    kernel.close();
    await sent;
    expect(texts()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });
});
