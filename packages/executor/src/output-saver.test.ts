import { describe, expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { createOutputSaver } from "./output-saver.ts";

/** A clock that moves when told to. */
function handClock(): Clock & { advance: (ms: number) => Promise<void> } {
  let now = 0;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms, callback) {
      const entry = { at: now + ms, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((it) => it !== entry);
      };
    },
    async advance(ms) {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
  };
}

/** A saver whose saves answer as `answers` says, one after the other; how many there were. */
function start(intervalMs: number | null, ...answers: (boolean | Error)[]) {
  const clock = handClock();
  const errors: unknown[] = [];
  let saves = 0;
  const save = async (): Promise<boolean> => {
    const answer = answers[saves++] ?? false;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const saver = createOutputSaver({ clock, intervalMs, onError: (error) => errors.push(error), save });
  return { ...clock, ...saver, errors, count: () => saves };
}

describe("output saver", () => {
  it("saves once for many changes within the interval", async () => {
    const saver = start(1000);
    for (let i = 0; i < 100; i++) saver.changed();
    await saver.advance(999);
    expect(saver.count()).toBe(0);
    await saver.advance(1);
    expect(saver.count()).toBe(1);
    saver.changed();
    await saver.advance(1000);
    expect(saver.count()).toBe(2);
  });

  it("saves nothing without an interval", async () => {
    const saver = start(null);
    saver.changed();
    await saver.advance(1_000_000);
    expect(saver.count()).toBe(0);
  });

  it("saves again where a save says that it is behind, and then no more", async () => {
    const saver = start(1000, true, true, false);
    saver.changed();
    for (let i = 0; i < 10; i++) await saver.advance(1000);
    expect(saver.count()).toBe(3);
  });

  it("tries again after a save that failed", async () => {
    const full = new Error("disk full");
    const saver = start(1000, full, false);
    saver.changed();
    for (let i = 0; i < 10; i++) await saver.advance(1000);
    expect(saver.errors).toEqual([full]);
    expect(saver.count()).toBe(2);
  });

  it("saves nothing once it is closed", async () => {
    const saver = start(1000, true);
    saver.changed();
    await saver.close();
    saver.changed();
    await saver.advance(1_000_000);
    expect(saver.count()).toBe(0);
  });
});
