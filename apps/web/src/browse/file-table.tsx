import type { File } from "@notemill/api";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { RowGroups } from "../shell/row-groups.tsx";
import type { DirectoryChanges } from "./directory-changes.ts";
import { FileIcon } from "./file-icon.tsx";
import { NameForm } from "./name-form.tsx";

/** The entries of a directory as a table: directories first, then files by name. */
export function FileTable({
  entries,
  changes,
}: {
  readonly entries: readonly File[];
  /** Null where nobody may change anything. */
  readonly changes: DirectoryChanges | null;
}): ReactNode {
  const ordered = useMemo(
    () => [
      ...entries.filter(({ kind }) => kind === "directory"),
      ...entries.filter(({ kind }) => kind === "file"),
    ],
    [entries],
  );
  const renderRow = useCallback(
    (entry: File) => <FileRow key={entry.path} entry={entry} changes={changes} />,
    [changes],
  );
  return (
    <table className="list files">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="end">
            Size
          </th>
          <th scope="col" className="end">
            Changed
          </th>
          {changes !== null && (
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <RowGroups rows={ordered} columns={changes === null ? 3 : 4} render={renderRow} />
    </table>
  );
}

function FileRow({
  entry,
  changes,
}: {
  readonly entry: File;
  readonly changes: DirectoryChanges | null;
}): ReactNode {
  const { path, name, kind, size, modified_at: modifiedAt } = entry;
  const [isNaming, setNaming] = useState(false);
  const rename = (next: string | null): void => {
    setNaming(false);
    if (next !== null) void changes?.rename(entry, next);
  };
  return (
    <tr>
      <td className="name">
        <span>
          <FileIcon kind={kind} name={name} />
          {isNaming ? (
            <NameForm label={`New name of ${name}`} initial={name} onDone={rename} />
          ) : (
            <Link href={viewHref(path)}>{name}</Link>
          )}
        </span>
      </td>
      <td className="end quiet">{size === null ? "" : formatBytes(size)}</td>
      <td className="end quiet">{modifiedAt === null ? "" : <Ago time={modifiedAt} />}</td>
      {changes !== null && (
        <td className="row-actions">
          <button
            type="button"
            className="icon-button"
            aria-label={`Rename ${name}`}
            title="Rename"
            onClick={() => setNaming(true)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M10.5 2.75l2.75 2.75-7.5 7.5-3.25.5.5-3.25z" />
            </svg>
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={`Delete ${name}`}
            title="Delete"
            onClick={() => void changes.remove(entry)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M2.75 4.25h10.5M6.25 4V2.5h3.5V4M4 4.25l.75 9.25h6.5L12 4.25" />
            </svg>
          </button>
        </td>
      )}
    </tr>
  );
}
