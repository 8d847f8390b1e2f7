import type { KernelMessage } from "@notemill/messaging";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createExecution } from "../execution-stream.ts";
import { createFlowGate } from "./flow-gate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a flow gate", () => {
  it("holds back what an iteration does not take, until it has taken most of it", async () => {
    const { calls, send, messages } = make();
    await begin(messages, send);
    send(60);
    send(60);
    expect(calls).toEqual(["pause"]);
    await messages.next();
    expect(calls).toEqual(["pause"]);
    await messages.next();
    expect(calls).toEqual(["pause", "resume"]);
  });

  it("holds nothing back that nobody iterates over", () => {
    const { calls, send } = make();
    for (let index = 0; index < 10; index++) send(60);
    expect(calls).toEqual([]);
  });

  it("lets everything through when nothing is taken for a while: it may be what is waited for", async () => {
    const { calls, send, messages, gate } = make();
    await begin(messages, send);
    for (let index = 0; index < 4; index++) send(60);
    const isOpen = gate.whenOpen();
    vi.advanceTimersByTime(999);
    expect(calls).toEqual(["pause"]);
    vi.advanceTimersByTime(1);
    await isOpen;
    send(60);
    expect(calls).toEqual(["pause", "resume"]);
  });

  it("opens when the iteration is left", async () => {
    const { calls, send, messages } = make();
    await begin(messages, send);
    for (let index = 0; index < 4; index++) send(60);
    await messages.return?.();
    expect(calls).toEqual(["pause", "resume"]);
  });

  it("opens for good when it is lifted", async () => {
    const { calls, send, messages, gate } = make();
    await begin(messages, send);
    for (let index = 0; index < 4; index++) send(60);
    gate.lift();
    send(60);
    expect(calls).toEqual(["pause", "resume"]);
  });
});

/** A gate of 100 bytes, and one execution behind it. */
function make() {
  const calls: string[] = [];
  const gate = createFlowGate({
    pause: () => void calls.push("pause"),
    resume: () => void calls.push("resume"),
    limitBytes: 100,
    patienceMs: 1_000,
  });
  const sink = createExecution("m", { onOver: () => {} });
  const execution = gate.watch(sink.execution);
  const send = (bytes: number): void => {
    gate.arrived("m", bytes);
    sink.message({ type: "other", channel: "iopub", buffers: [] as const } as unknown as KernelMessage);
  };
  return { calls, send, gate, messages: execution[Symbol.asyncIterator]() };
}

/** Takes a first message, so that the iteration has begun. */
async function begin(messages: AsyncIterator<KernelMessage>, send: (bytes: number) => void): Promise<void> {
  const first = messages.next();
  send(1);
  await first;
}
