import { describe, expect, it } from "vitest";
import type { RequestLog } from "./request-log.ts";
import { createRequestLog } from "./request-log.ts";

/** Does some things to a log and says what it holds: `id first-last`, `id first-` while it runs. */
function trace(...steps: readonly ((log: RequestLog) => void)[]): string {
  const log = createRequestLog();
  for (const step of steps) step(log);
  return ["a", "b"]
    .map((id) => log.find(id))
    .filter((found) => found !== undefined)
    .map(({ msgId, firstSequence, lastSequence }) => `${msgId} ${firstSequence}-${lastSequence ?? ""}`)
    .join(", ");
}

const sent = (id: string, next: number) => (log: RequestLog) => log.executionSent(id, next);
const replied = (id: string, at: number) => (log: RequestLog) => log.replied(id, at);
const idle = (id: string, at: number) => (log: RequestLog) => log.wentIdle(id, at);
const ended = (at: number) => (log: RequestLog) => log.lifeEnded(at);

describe("a request log", () => {
  it.each([
    ["runs from its sending on", [sent("a", 5)], "a 5-"],
    ["has not ended with its reply", [sent("a", 5), replied("a", 8)], "a 5-"],
    ["has not ended with its idle status", [sent("a", 5), idle("a", 8)], "a 5-"],
    ["ends with both", [sent("a", 5), replied("a", 8), idle("a", 9)], "a 5-9"],
    ["ends with both, the other way round", [sent("a", 5), idle("a", 8), replied("a", 9)], "a 5-9"],
    ["ends with the kernel", [sent("a", 5), replied("a", 8), ended(12)], "a 5-12"],
    ["is not touched by another", [sent("a", 5), sent("b", 5), replied("b", 6), idle("b", 7)], "a 5-, b 5-7"],
    ["is not known when it was never sent", [replied("a", 8), idle("a", 9)], ""],
  ])("knows that an execution %s", (_what, steps, expected) => {
    expect(trace(...steps)).toBe(expected);
  });

  it("lists what has not ended, oldest first", () => {
    const log = createRequestLog();
    for (const id of ["b", "a", "c"]) log.executionSent(id, 1);
    log.replied("a", 2);
    log.wentIdle("a", 3);
    expect(log.unfinished()).toEqual(["b", "c"]);
  });

  it("knows which questions are open", () => {
    const log = createRequestLog();
    for (const id of ["q1", "q2", "q3"]) log.inputRequested(id);
    log.inputReplied("q2");
    expect(["q1", "q2", "q3"].filter((id) => log.isInputOpen(id))).toEqual(["q1", "q3"]);
    log.inputReplied(null);
    expect(log.isInputOpen("q1")).toBe(false);
  });

  it("forgets the oldest of very many that have ended", () => {
    const log = createRequestLog();
    for (let index = 0; index <= 10_000; index++) {
      log.executionSent(`e${index}`, index);
      log.replied(`e${index}`, index);
      log.wentIdle(`e${index}`, index);
    }
    expect(log.find("e0")).toBeUndefined();
    expect(log.find("e1")?.firstSequence).toBe(1);
  });
});
