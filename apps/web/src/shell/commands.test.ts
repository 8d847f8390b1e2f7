import { expect, it } from "vitest";
import { COMMANDS, findCommands } from "./commands.ts";

it.each([
  ["", COMMANDS.map(({ name }) => name)],
  ["runs go", ["Go to runs", "Go to failed runs", "Go to runs that are under way"]],
  ["FAILED", ["Go to failed runs"]],
  ["nothing such", []],
  ["/shared/a b.ipynb", ["Open /shared/a b.ipynb"]],
  ["/shared/", ["Open /shared"]],
])("finds for %j", (typed, names) => {
  expect(findCommands(COMMANDS, typed).map(({ name }) => name)).toEqual(names);
});
