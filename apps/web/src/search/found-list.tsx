import type { FoundFile } from "@notemill/api";
import type { ReactNode } from "react";
import { FileIcon } from "../browse/file-icon.tsx";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { Ago } from "../shell/ago.tsx";

/** Files that were found, each with where it is and how it begins. */
export function FoundList({ files }: { readonly files: readonly FoundFile[] }): ReactNode {
  return (
    <ol className="found-list">
      {files.map(({ path, name, title, authors, tags, excerpt, modified_at: modifiedAt }) => (
        <li key={path}>
          <p className="found-name">
            <FileIcon kind="file" name={name} />
            <Link href={viewHref(path)}>
              {name}
              {title !== "" && title !== name && <span className="quiet"> {title}</span>}
            </Link>
          </p>
          <p className="quiet found-facts">
            <span>{path}</span>
            {authors.length > 0 && <span>{authors.join(", ")}</span>}
            {tags.length > 0 && <span>{tags.map((tag) => `#${tag}`).join(" ")}</span>}
            <span>
              changed <Ago time={modifiedAt} />
            </span>
          </p>
          {excerpt !== "" && <p className="found-excerpt">{excerpt}</p>}
        </li>
      ))}
    </ol>
  );
}
