import type { ServerStatus } from "@notemill/api";

/** A runner, as the server tells of it. */
export type KnownRunner = ServerStatus["runners"][number];

/** Runners for people: those that take work, and those that were there before. */
export interface RunnerGroups {
  /** By name, so that none changes its place while the page is looked at. */
  readonly here: readonly KnownRunner[];
  /** The one that was heard of last first. */
  readonly gone: readonly GoneRunner[];
}

/** A runner that is not heard of any more. */
export interface GoneRunner {
  readonly runner: KnownRunner;
  /** `ended` where it has said so; else `replaced` where another one of its name was heard of later. */
  readonly state: "ended" | "replaced" | "lost";
}

/** Puts runners into groups. */
export function groupRunners(runners: readonly KnownRunner[]): RunnerGroups {
  const byName = runners.toSorted((a, b) => (`${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1));
  const newest = byName.toSorted((a, b) => Date.parse(b.seen_at) - Date.parse(a.seen_at));
  return {
    here: byName.filter((it) => it.is_here),
    gone: newest.flatMap((runner, at) => {
      if (runner.is_here) return [];
      const isReplaced = newest.slice(0, at).some(({ name }) => name === runner.name);
      return [{ runner, state: runner.left_at !== null ? "ended" : isReplaced ? "replaced" : "lost" }];
    }),
  };
}
