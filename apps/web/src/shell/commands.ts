import { goTo } from "../routing/location.ts";
import { viewHref } from "../routing/route.ts";
import { runsHref } from "../runs/run-filter.ts";

/** Something that the palette offers. */
export interface Command {
  readonly name: string;
  /** The keys that do the same, one after the other. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** What can be done on every page. */
export const COMMANDS: readonly Command[] = [
  { name: "Go to files", keys: ["g", "f"], run: () => goTo("/") },
  { name: "Search", keys: ["/"], run: () => goTo("/search") },
  { name: "Go to my newest notebooks", run: () => goTo("/search?mine") },
  { name: "Go to runs", keys: ["g", "r"], run: () => goTo("/runs") },
  { name: "Go to schedules", keys: ["g", "s"], run: () => goTo("/schedules") },
  { name: "Go to workflows", keys: ["g", "w"], run: () => goTo("/workflows") },
  { name: "Go to the status of the server", keys: ["g", "h"], run: () => goTo("/status") },
  { name: "Compare two runs or notebooks", keys: ["g", "c"], run: () => goTo("/compare") },
  { name: "Go to failed runs", keys: ["g", "x"], run: () => goTo(runsHref({ status: "failed" })) },
  { name: "Go to runs that are under way", run: () => goTo(runsHref({ status: "running" })) },
];

/**
 * The commands that fit what somebody has typed: every word is in the name. A path leads to
 * what is there.
 */
export function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const text = typed.trim();
  const path = /^\/(.+?)\/*$/.exec(text)?.[0]?.replace(/\/+$/, "");
  if (path !== undefined) return [{ name: `Open ${path}`, run: () => goTo(viewHref(path)) }];
  const words = text.toLowerCase().split(/\s+/);
  return commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
