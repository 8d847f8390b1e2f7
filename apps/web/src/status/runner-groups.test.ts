import { describe, expect, it } from "vitest";
import { groupRunners, type KnownRunner } from "./runner-groups.ts";

describe("groupRunners", () => {
  it.each([
    ["nobody", [], "|"],
    ["those that are there by name, whoever was heard of last", ["b 9 here", "a 8 here"], "a b |"],
    ["those that went, the last one first", ["a 1", "b 3", "c 2"], "| b gone, c gone, a gone"],
    ["those that went together by name", ["c 1", "a 1", "b 1"], "| a gone, b gone, c gone"],
    ["what another one of its name has replaced", ["a 1", "a 9 here", "b 2"], "a | b gone, a replaced"],
    ["what was replaced by one that is gone too", ["a 1", "a 2"], "| a gone, a replaced"],
  ])("tells of %s", (_what, runners, expected) => {
    const { here, gone } = groupRunners(runners.map(runner));
    const names = here.map(({ name }) => `${name} `).join("");
    const left = gone.map(({ runner: { name }, state }) => `${name} ${state}`).join(", ");
    expect(`${names}| ${left}`.trim()).toBe(expected);
  });
});

/** `a 7 here` is called `a` and was heard of in second 7. */
function runner(text: string): KnownRunner {
  const [name = "", second = "0", here] = text.split(" ");
  return {
    id: `${name}${second}`,
    name,
    slots: 2,
    busy: 0,
    version: "1",
    seen_at: `2026-01-01T00:00:0${second}Z`,
    is_here: here !== undefined,
  };
}
