import type { File } from "@notemill/api";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { FileIcon } from "./file-icon.tsx";

/** The entries of a directory as a table: directories first, then files by name. */
export function FileTable({ entries }: { readonly entries: readonly File[] }): ReactNode {
  const ordered = [
    ...entries.filter(({ kind }) => kind === "directory"),
    ...entries.filter(({ kind }) => kind === "file"),
  ];
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
        </tr>
      </thead>
      <tbody>
        {ordered.map(({ path, name, kind, size, modified_at: modifiedAt }) => (
          <tr key={path}>
            <td className="name">
              <span>
                <FileIcon kind={kind} name={name} />
                <Link href={viewHref(path)}>{name}</Link>
              </span>
            </td>
            <td className="end quiet">{size === null ? "" : formatBytes(size)}</td>
            <td className="end quiet">{modifiedAt === null ? "" : <Ago time={modifiedAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
