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
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe("output saver", () => {
  it("saves once for many changes within the interval", async () => {
    const clock = handClock();
    let saves = 0;
    const saver = createOutputSaver({
      clock,
      intervalMs: 1000,
      onError: () => undefined,
      save: async () => void saves++,
    });
    for (let i = 0; i < 100; i++) saver.changed();
    await clock.advance(999);
    expect(saves).toBe(0);
    await clock.advance(1);
    expect(saves).toBe(1);
    saver.changed();
    await clock.advance(1000);
    expect(saves).toBe(2);
  });

  it("spends at most a tenth of the time on saving", async () => {
    const clock = handClock();
    let saves = 0;
    const save = async (): Promise<void> => {
      saves++;
      await clock.advance(500);
    };
    const saver = createOutputSaver({ clock, intervalMs: 1000, onError: () => undefined, save });
    await saver.flush();
    saver.changed();
    await clock.advance(4999);
    expect(saves).toBe(1);
    await clock.advance(1);
    expect(saves).toBe(2);
  });

  it("saves nothing by itself without an interval", async () => {
    const clock = handClock();
    let saves = 0;
    const saver = createOutputSaver({
      clock,
      intervalMs: null,
      onError: () => undefined,
      save: async () => void saves++,
    });
    saver.changed();
    await clock.advance(1_000_000);
    expect(saves).toBe(0);
    await saver.flush();
    expect(saves).toBe(1);
  });

  it("goes on after a save that failed", async () => {
    const clock = handClock();
    const errors: unknown[] = [];
    let saves = 0;
    const saver = createOutputSaver({
      clock,
      intervalMs: 1000,
      onError: (error) => errors.push(error),
      save: async () => {
        if (saves++ === 0) throw new Error("disk full");
      },
    });
    saver.changed();
    await clock.advance(1000);
    await saver.close();
    expect(errors).toEqual([new Error("disk full")]);
    await saver.flush();
    expect(saves).toBe(2);
  });
});
