import type { Trigger } from "@notemill/schedules";
import { listAll } from "@notemill/storage";
import type { FileEvent } from "@notemill/store";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { filePattern, isPattern } from "../sources/file-pattern.ts";

/** The most files that a pattern may look at. */
const MOST_FILES = 10_000;

/**
 * The files that the pattern of a trigger names now, in no order; none for a trigger
 * that waits for something else.
 *
 * @throws {@link ServerError} `TOO_MANY_FILES`, `REQUEST_INVALID` for a pattern that is too much work, and what the store throws.
 */
export async function filesOf(
  { mounts, user }: Pick<Platform, "mounts" | "user">,
  spec: Trigger,
): Promise<readonly FileEvent[]> {
  if (spec.kind !== "file") return [];
  const { store, path: pattern, virtualPath } = resolveVirtualPath(mounts, spec.pattern, user);
  const prefix = virtualPath.slice(0, virtualPath.length - pattern.length);
  // Only what lies below the part without wildcards is looked at.
  const segments = pattern.split("/");
  const wild = segments.findIndex(isPattern);
  const below = segments.slice(0, wild < 0 ? segments.length - 1 : wild).join("/");
  const isDeep = pattern.includes("**") || (wild >= 0 && wild < segments.length - 1);
  const isNamed = filePattern(pattern);
  const found: FileEvent[] = [];
  let count = 0;
  for await (const entry of listAll(store, below, { recursive: isDeep })) {
    count += 1;
    if (count > MOST_FILES) {
      throw new ServerError(
        "TOO_MANY_FILES",
        `"${spec.pattern}" looks at more than ${MOST_FILES} files; name a smaller directory`,
        { details: { pattern: spec.pattern } },
      );
    }
    if (entry.kind !== "file" || !(await isNamed(entry.path))) continue;
    const path = `${prefix}${entry.path}`;
    const modifiedAt = entry.modifiedAt.toISOString();
    found.push({
      path,
      version: `${entry.modifiedAt.getTime()}-${entry.size}`,
      body: JSON.stringify({ path, size: entry.size, modified_at: modifiedAt }),
    });
  }
  return found;
}
