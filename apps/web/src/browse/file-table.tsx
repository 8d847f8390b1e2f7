import type { File } from "@notemill/api";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { RowGroups } from "../shell/row-groups.tsx";
import type { DirectoryChanges } from "./directory-changes.ts";
import { FileIcon } from "./file-icon.tsx";
import { type FileOrder, nextOrder, orderEntries } from "./file-order.ts";
import { NameForm } from "./name-form.tsx";

// Few move what they find.
const TransferSheet = lazy(async () => ({ default: (await import("./transfer-sheet.tsx")).TransferSheet }));

const COLUMNS = [
  ["name", "Name"],
  ["size", "Size"],
  ["changed", "Changed"],
] as const;

/** The entries of a directory as a table, which each of its columns sorts: directories first, then files. */
export function FileTable({
  entries,
  order,
  onOrder,
  changes,
}: {
  readonly entries: readonly File[];
  readonly order: FileOrder;
  readonly onOrder: (order: FileOrder) => void;
  /** Null where nobody may change anything. */
  readonly changes: DirectoryChanges | null;
}): ReactNode {
  const ordered = useMemo(() => orderEntries(entries, order), [entries, order]);
  const renderRow = useCallback(
    (entry: File) => <FileRow key={entry.path} entry={entry} changes={changes} />,
    [changes],
  );
  return (
    <table className="list files">
      <thead>
        <tr>
          {COLUMNS.map(([by, title]) => (
            <th
              key={by}
              scope="col"
              className={by === "name" ? undefined : "end"}
              aria-sort={order.by === by ? order.direction : undefined}
            >
              <button type="button" className="plain" onClick={() => onOrder(nextOrder(order, by))}>
                {title}
              </button>
            </th>
          ))}
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
  const [isTransferred, setTransferred] = useState(false);
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
            className="icon-button rename"
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
            aria-label={`Move or copy ${name}`}
            title="Move or copy"
            onClick={() => setTransferred(true)}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M2.5 8h10.5M9.5 4.5L13 8l-3.5 3.5" />
            </svg>
          </button>
          {isTransferred && (
            <Suspense fallback={null}>
              <TransferSheet entry={entry} changes={changes} onClose={() => setTransferred(false)} />
            </Suspense>
          )}
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
