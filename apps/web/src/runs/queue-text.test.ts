import { expect, it } from "vitest";
import { queueText } from "./queue-text.ts";

const runner = (slots: number, busy: number, isHere = true) => ({
  id: "r",
  name: "r",
  version: "1",
  seen_at: "",
  slots,
  busy,
  is_here: isHere,
  left_at: null,
});
const queue = (queued: number) => ({ queued, starting: 0, running: 0, oldest_ready_at: null });

it.each([
  [0, [], null],
  [1, [], "One run waits: no runner was heard of lately."],
  [2, [runner(4, 0, false)], "2 runs wait: no runner was heard of lately."],
  [
    1,
    [runner(1, 1), runner(4, 0, false)],
    "One run waits for a free place at a runner: the only one is in use.",
  ],
  [3, [runner(2, 2), runner(2, 2)], "3 runs wait for a free place at a runner: all 4 are in use."],
  [
    3,
    [runner(2, 2), runner(2, 1)],
    "3 runs wait for a time to begin, or for a runner that has what is needed.",
  ],
])("says of %i in the queue what they wait for", (queued, runners, text) => {
  expect(queueText({ queue: queue(queued), runners })).toBe(text);
});
