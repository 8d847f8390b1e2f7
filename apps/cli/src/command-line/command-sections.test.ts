import { expect, it } from "vitest";
import { COMMANDS } from "../commands.ts";
import { commandSections, GROUP_SUMMARIES } from "./command-sections.ts";
import { groupHelp, overviewHelp } from "./help-text.ts";

const named = (...names: readonly string[]) => names.map((name) => ({ name, summary: `Does ${name}` }));

it("puts commands under headings, and a group on one line", () => {
  const help = overviewHelp(named("runs submit", "doctor", "run", "runs show"), 100);
  expect(help).toContain(`On this machine:
  run  Does run.

With a server:
  runs …  ${GROUP_SUMMARIES["runs"] ?? ""}.

Help:
  doctor  Does doctor.
`);
});

it("lists the commands of a group under its own usage", () => {
  const help = groupHelp("runs", named("runs submit", "runs show"), 100);
  expect(help).toMatch(/^Usage: notemill runs COMMAND \[OPTIONS\]$/m);
  expect(help).toMatch(/^ {2}show {4}Does runs show\.$/m);
});

it("knows every group, and shows every command once", () => {
  const words = new Set(Object.keys(COMMANDS).map((name) => name.split(" ")[0] ?? ""));
  const groups = Object.keys(COMMANDS).filter((name) => name.includes(" "));
  expect(Object.keys(GROUP_SUMMARIES).sort()).toEqual(
    [...new Set(groups.map((it) => it.split(" ")[0]))].sort(),
  );
  const shown = commandSections(named(...Object.keys(COMMANDS))).flatMap(([, rows]) =>
    rows.map(([name]) => name.replace(" …", "")),
  );
  expect(shown.sort()).toEqual([...words].sort());
});
