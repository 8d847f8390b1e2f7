import { expect, it } from "vitest";
import { suggestion } from "./suggestion.ts";

const COMMANDS = ["run", "inspect", "sweep", "scraps", "export", "kernels", "doctor", "completions"];
const NAMES = ["alpha", "beta", "batch_size"];
const FLAGS = ["--kernel", "-k", "--keep-kernel", "--timeout", "--execution-timeout", "--parameters_raw"];

it.each([
  ["rnu", COMMANDS, "run"],
  ["swep", COMMANDS, "sweep"],
  ["kernel", COMMANDS, "kernels"],
  ["exprot", COMMANDS, "export"],
  ["insp", COMMANDS, "inspect"],
  ["alfa", NAMES, "alpha"],
  ["bacht_sise", NAMES, "batch_size"],
  ["--kernl", FLAGS, "--kernel"],
  ["--timout", FLAGS, "--timeout"],
  ["--parametersraw", FLAGS, "--parameters_raw"],
])("takes %j for a slip of the pen", (word, known, meant) => {
  expect(suggestion(word, known)).toBe(`; did you mean ${meant}?`);
});

it.each([
  ["report.ipynb", COMMANDS],
  ["x", COMMANDS],
  ["gamma", NAMES],
  ["ripple", COMMANDS],
  ["", COMMANDS],
  ["-z", FLAGS],
  ["--", FLAGS],
  ["--nope", FLAGS],
  ["a".repeat(101), ["a".repeat(100)]],
  ["a".repeat(100), ["a".repeat(101)]],
])("makes no guess about %j", (word, known) => {
  expect(suggestion(word, known)).toBe("");
});
