import type { Command } from "./command.ts";

/** What the commands of a group are for, by the first word of their names. */
export const GROUP_SUMMARIES: Readonly<Record<string, string>> = {
  runs: "Start, watch, repeat and keep runs on a server",
  schedules: "Run notebooks by the clock, by events, or after others",
  workflows: "Run notebooks that wait for each other",
  backfills: "Run what a schedule would have run in the past",
  files: "Find, read and save files of a server",
  environments: "Keep locked sets of Python packages",
  secrets: "Keep secrets, and say which notebooks get them",
  tokens: "Let programs and people in",
  links: "Share a notebook or a run by a link",
  deliveries: "Send word of runs by mail, chat and HTTP",
};

/** What is asked for most often comes first; what is in no list comes last. */
const SECTIONS: readonly (readonly [title: string, words: readonly string[]])[] = [
  ["On this machine", ["run", "sweep", "inspect", "scraps", "export", "kernels"]],
  ["With a server", ["serve", "runs", "schedules", "workflows", "backfills", "files"]],
  ["Keep a server", ["runner", "environments", "secrets", "tokens", "links", "deliveries", "backup"]],
];

type Row = readonly [name: string, summary: string];

/** The commands as rows under headings, in this order; those of a group are one row. */
export function commandSections(
  commands: readonly Pick<Command, "name" | "summary">[],
): readonly (readonly [title: string, rows: readonly Row[]])[] {
  const rows = new Map<string, Row>();
  for (const { name, summary } of commands) {
    const [word = "", ofGroup] = name.split(" ");
    rows.set(
      word,
      ofGroup === undefined ? [word, `${summary}.`] : [`${word} …`, `${GROUP_SUMMARIES[word] ?? word}.`],
    );
  }
  const named = new Set(SECTIONS.flatMap(([, words]) => words));
  const others = [...rows.keys()].filter((word) => !named.has(word));
  return [...SECTIONS, ["Help", others] as const].map(([title, words]) => [
    title,
    words.flatMap((word) => {
      const row = rows.get(word);
      return row === undefined ? [] : [row];
    }),
  ]);
}
