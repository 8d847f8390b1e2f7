import type { KernelMessage } from "@notemill/messaging";
import { describe, expect, it } from "vitest";
import { printed, status } from "../testing/messages.ts";
import { createMessageQueue } from "./message-queue.ts";

const limits = { longBytes: 10_000, mostBytes: 40_000 };

/** A message of about 5,000 bytes. */
const large = printed("a", "x".repeat(4_500));

function make() {
  const backlog: boolean[] = [];
  const queue = createMessageQueue({ limits, onBacklog: (isLong) => backlog.push(isLong) });
  return { queue, backlog };
}

async function take(messages: AsyncIterator<KernelMessage, void>, count: number): Promise<number> {
  for (let taken = 0; taken < count; taken++) if ((await messages.next()).done === true) return taken;
  return count;
}

describe("a message queue", () => {
  it("gives what came, then waits for what comes, then ends", async () => {
    const { queue } = make();
    queue.push(printed("a", "1"));
    const first = await queue.messages.next();
    const second = queue.messages.next();
    queue.push(printed("a", "2"));
    const third = (await second, queue.messages.next());
    queue.end(null);
    expect([first, await second, await third].map(({ value }) => value?.content)).toEqual([
      { name: "stdout", text: "1" },
      { name: "stdout", text: "2" },
      undefined,
    ]);
  });

  it("throws behind the last message", async () => {
    const { queue } = make();
    queue.push(large);
    queue.end(new Error("over"));
    queue.end(null);
    expect(await take(queue.messages, 1)).toBe(1);
    await expect(queue.messages.next()).rejects.toThrow("over");
  });

  it("tells of a reader who is behind, and of one who has caught up", async () => {
    const { queue, backlog } = make();
    const first = queue.messages.next();
    for (let i = 0; i < 4; i++) queue.push(large);
    await first;
    expect(backlog).toEqual([true]);
    await take(queue.messages, 1);
    expect(backlog).toEqual([true]);
    await take(queue.messages, 2);
    expect(backlog).toEqual([true, false]);
  });

  it("asks nobody to wait for a reader who has not begun, nor for one who has gone", async () => {
    const { queue, backlog } = make();
    for (let i = 0; i < 4; i++) queue.push(large);
    expect(backlog).toEqual([]);
    await take(queue.messages, 1);
    queue.push(large);
    expect(backlog).toEqual([true]);
    await queue.messages.return();
    expect(backlog).toEqual([true, false]);
    expect(queue.push(large)).toBe(true);
    expect(backlog).toEqual([true, false]);
  });

  it("drops outputs when there is no room, but not what says how it goes", async () => {
    const { queue } = make();
    const kept = Array.from({ length: 10 }, () => queue.push(large));
    expect(kept.filter((isKept) => !isKept).length).toBe(2);
    expect(queue.push(status("a", "idle"))).toBe(true);
    queue.end(null);
    expect(await take(queue.messages, 20)).toBe(9);
  });
});
