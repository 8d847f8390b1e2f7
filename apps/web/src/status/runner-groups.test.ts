import { describe, expect, it } from "vitest";
import { groupRunners, type KnownRunner } from "./runner-groups.ts";

describe("groupRunners", () => {
  it.each([
    ["nobody", [], "|"],
    ["those that are there by name, whoever was heard of last", ["b 9 here", "a 8 here"], "a b |"],
    ["those that went, the last one first", ["a 1", "b 3", "c 2"], "| b lost, c lost, a lost"],
    ["those that went together by name", ["c 1", "a 1", "b 1"], "| a lost, b lost, c lost"],
    ["what another one of its name has replaced", ["a 1", "a 9 here", "b 2"], "a | b lost, a replaced"],
    ["what has said that it ends", ["a 1 ended", "a 9 here", "b 2 ended"], "a | b ended, a ended"],
    ["what was replaced by one that is gone too", ["a 1", "a 2"], "| a lost, a replaced"],
  ])("tells of %s", (_what, runners, expected) => {
    const { here, gone } = groupRunners(runners.map(runner));
    const names = here.map(({ name }) => `${name} `).join("");
    const left = gone.map(({ runner: { name }, state }) => `${name} ${state}`).join(", ");
    expect(`${names}| ${left}`.trim()).toBe(expected);
  });
});

/** `a 7 here` is called `a` and was heard of in second 7; `a 7 ended` has said then that it ends. */
function runner(text: string): KnownRunner {
  const [name = "", second = "0", word] = text.split(" ");
  const seenAt = `2026-01-01T00:00:0${second}Z`;
  return {
    id: `${name}${second}`,
    name,
    slots: 2,
    busy: 0,
    version: "1",
    seen_at: seenAt,
    is_here: word === "here",
    left_at: word === "ended" ? seenAt : null,
  };
}
