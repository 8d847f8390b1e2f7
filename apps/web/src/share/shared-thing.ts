import type { CreateLink, Link } from "@notemill/api";

/** What can be shared. */
export type SharedThing =
  | { readonly kind: "notebook" | "file" | "directory"; readonly path: string }
  | { readonly kind: "run"; readonly runId: string };

/** What a link to something may show: its kind, and how that is called. */
export interface LinkChoice {
  readonly kind: CreateLink["kind"];
  readonly label: string;
}

/** What links to something may show; the first is what most want. */
export function linkChoices(thing: SharedThing): readonly LinkChoice[] {
  switch (thing.kind) {
    case "run":
      return [{ kind: "run", label: "the output of this run" }];
    case "notebook":
      return [
        { kind: "path", label: "the notebook, as it is when the link is opened" },
        { kind: "latest", label: "the output of its last run that succeeded" },
      ];
    case "file":
      return [{ kind: "path", label: "the file, as it is when the link is opened" }];
    case "directory":
      return [{ kind: "path", label: "the folder, with all that is in it" }];
  }
}

/** Whether links to something may leave code out, which they do of notebooks. */
export function mayOmitCode(thing: SharedThing): boolean {
  return thing.kind === "notebook" || thing.kind === "run";
}

/** Whether a link shows something. */
export function isLinkTo(
  thing: SharedThing,
  { path, run_id: runId }: Pick<Link, "path" | "run_id">,
): boolean {
  return thing.kind === "run" ? runId === thing.runId : path === thing.path;
}

/** What asks the server for a link. */
export function linkRequest(
  thing: SharedThing,
  kind: LinkChoice["kind"],
  {
    note,
    code,
    expiresAt,
  }: { readonly note: string; readonly code: "show" | "omit"; readonly expiresAt: Date },
): CreateLink {
  const common = { note, code, expires_at: expiresAt.toISOString() };
  if (thing.kind === "run") return { kind: "run", run_id: thing.runId, ...common };
  return { kind: kind === "latest" ? "latest" : "path", path: thing.path, ...common };
}
