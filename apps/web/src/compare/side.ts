/** One of two things that are compared. */
export type Side =
  | { readonly kind: "run"; readonly id: string }
  /** A notebook; `version` is an earlier one. */
  | { readonly kind: "file"; readonly path: string; readonly version: number | null };

const RUN = /^(?:\/?runs\/)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;
const FILE = /^([~/].*?\.ipynb)(?:@(\d{1,9}))?$/;

/** Reads what somebody has written: the id or the address of a run, or the path of a notebook, with `@3` for a version. */
export function readSide(text: string): Side | null {
  const trimmed = text.trim().replace(/^https?:\/\/[^/]+(?=\/)/, "");
  const [, id] = RUN.exec(trimmed) ?? [];
  if (id !== undefined) return { kind: "run", id: id.toLowerCase() };
  const [, path, version] = FILE.exec(trimmed.replace(/^\/view(?=\/)/, "")) ?? [];
  if (path === undefined) return null;
  return { kind: "file", path, version: version === undefined ? null : Number(version) };
}

/** The text that {@link readSide} reads. */
export function sideText(side: Side): string {
  if (side.kind === "run") return side.id;
  return side.version === null ? side.path : `${side.path}@${side.version}`;
}

/** The address of a comparison; one side may be left to be chosen. */
export function compareHref(before: Side | null, after: Side | null): string {
  const query = new URLSearchParams({
    ...(before === null ? {} : { a: sideText(before) }),
    ...(after === null ? {} : { b: sideText(after) }),
  });
  return `/compare?${query.toString()}`;
}
