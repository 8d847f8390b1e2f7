import { describe, expect, it } from "vitest";
import type { Command } from "./command.ts";
import { parseCommandLine } from "./parse-command-line.ts";

const command: Command = {
  name: "run",
  summary: "",
  arguments: [
    { name: "IN", help: "", optional: true },
    { name: "OUT", help: "", optional: true },
  ],
  options: [
    {
      name: "parameters",
      flags: ["--parameters", "-p"],
      values: ["NAME", "VALUE"],
      repeatable: true,
      help: "",
    },
    { name: "kernel", flags: ["--kernel", "-k"], values: ["NAME"], help: "" },
    { name: "bar", flags: ["--bar"], negatedFlags: ["--no-bar"], help: "" },
    { name: "every", flags: ["--every"], values: ["N"], type: "integer", help: "" },
    { name: "timeout", flags: ["--timeout"], values: ["T"], type: "duration", help: "" },
    { name: "level", flags: ["--level"], values: ["L"], choices: ["INFO", "ERROR"], help: "" },
  ],
  run: async () => 0,
};

/** Arguments, parameters, kernel and bar of a command line, in one line. */
function check(line: string): string {
  const { arguments: given, options } = parseCommandLine(command, line.split(" ").filter(Boolean));
  const parameters = options.pairs("parameters").map(([name, value]) => `${name}=${value}`);
  return [
    given.join(","),
    parameters.join(","),
    options.text("kernel") ?? "-",
    options.flag("bar") ?? "-",
  ].join(" | ");
}

describe("parseCommandLine", () => {
  it.each([
    ["a b", "a,b |  | - | -"],
    ["-p x 1 a -k r b", "a,b | x=1 | r | -"],
    ["a b -p x -5 -p y --bar", "a,b | x=-5,y=--bar | - | -"],
    ["-px 1 a", "a | x=1 | - | -"],
    ["--parameters=x 1 a", "a | x=1 | - | -"],
    ["-p x a=b", " | x=a=b | - | -"],
    ["--kernel=a=b", " |  | a=b | -"],
    ["-kr", " |  | r | -"],
    ["--bar --no-bar", " |  | - | false"],
    ["--no-bar --bar", " |  | - | true"],
    ["- -", "-,- |  | - | -"],
    ["-k r -- -k --bar", "-k,--bar |  | r | -"],
    ["-k r -k s", " |  | s | -"],
  ])("reads %j as papermill's command line would", (line, expected) => {
    expect(check(line)).toBe(expected);
  });

  it.each([
    ["--nope", "no such option: --nope"],
    ["--kernels x", "did you mean --kernel?"],
    ["--kernl x", "did you mean --kernel?"],
    ["--no-bra", "did you mean --no-bar?"],
    ["--hlep", "did you mean --help?"],
    ["-p alpha=0.2", "-p alpha 0.2"],
    ["a -p alpha=0.2 b", "-p alpha 0.2"],
    ["-palpha=0.2 -p b 1", "-p alpha 0.2"],
    ["--parameters alpha= b", "--parameters alpha ''"],
    ["-p alpha=it's;x b", "-p alpha 'it'\\''s;x'"],
    ["-p x", "option -p needs NAME VALUE"],
    ["--bar=1", "option --bar takes no value"],
    ["a b c", 'unexpected argument "c"'],
    ["--every 1.5", '"1.5" is not a whole number'],
    ["--timeout soon", '"soon" is not a duration'],
    ["--level info", '"info" is not one of INFO, ERROR'],
  ])("refuses %j and says why", (line, message) => {
    expect(() => check(line)).toThrow(message);
  });
});
