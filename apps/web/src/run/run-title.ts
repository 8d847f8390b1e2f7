import type { Run } from "@notemill/api";

/** What the page of a run is called: the name of what runs, and whether many runs of it are meant. */
export function runTitle({ path, is_sweep: isSweep }: Pick<Run, "path" | "is_sweep">): string {
  const name = path.split("/").at(-1) ?? path;
  return isSweep ? `Sweep of ${name}` : name;
}
