import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  ATTEMPT_MOVES,
  type Moves,
  RUN_MOVES,
  STEP_MOVES,
  WORKFLOW_RUN_MOVES,
} from "../../packages/schedules/src/index.ts";

/** A table of moves as docs/reference/states.md has it. */
function tableOf(moves: Moves<string>): string {
  const rows = Object.entries(moves).map(([from, to]) => {
    const names = to.map((it) => `\`${it}\``).join(" ");
    return `| \`${from}\` | ${names}${names === "" ? "" : " "}|`;
  });
  return ["| From | To |", "| --- | --- |", ...rows].join("\n");
}

it.each<[string, Moves<string>]>([
  ["Run", RUN_MOVES],
  ["Attempt", ATTEMPT_MOVES],
  ["Workflow-run", WORKFLOW_RUN_MOVES],
  ["Step", STEP_MOVES],
])("docs/reference/states.md has the moves of a %s as the code has them", (heading, moves) => {
  const page = readFileSync("docs/reference/states.md", "utf8");
  const section = page.split(/^## /m).find((it) => it.startsWith(`${heading}\n`)) ?? "";
  expect(section.slice(section.indexOf("| From")).trimEnd()).toBe(tableOf(moves));
});
