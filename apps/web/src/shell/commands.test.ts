import { expect, it } from "vitest";
import { COMMANDS, findCommands } from "./commands.ts";

it.each([
  [
    "",
    [
      "Go to files",
      "Go to runs",
      "Go to schedules",
      "Go to workflows",
      "Go to the status of the server",
      "Compare two runs or notebooks",
      "Go to failed runs",
      "Go to runs that are under way",
    ],
  ],
  ["runs go", ["Go to runs", "Go to failed runs", "Go to runs that are under way"]],
  ["FAILED", ["Go to failed runs"]],
  ["nothing such", []],
  ["/shared/a b.ipynb", ["Open /shared/a b.ipynb"]],
  ["/shared/", ["Open /shared"]],
])("finds for %j", (typed, names) => {
  expect(findCommands(COMMANDS, typed).map(({ name }) => name)).toEqual(names);
});
