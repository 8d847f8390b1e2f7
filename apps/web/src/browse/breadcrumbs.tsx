import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";

/** The way to a file or directory; each step is a link. The last one is what the page shows. */
export function Breadcrumbs({ path }: { readonly path: string }): ReactNode {
  const names = path.split("/").filter((name) => name !== "");
  return (
    <nav className="breadcrumbs" aria-label="Path">
      <ol>
        <li>{names.length === 0 ? <span aria-current="page">Files</span> : <Link href="/">Files</Link>}</li>
        {names.map((name, index) => {
          const to = `/${names.slice(0, index + 1).join("/")}`;
          return (
            <li key={to}>
              {index === names.length - 1 ? (
                <span aria-current="page">{name}</span>
              ) : (
                <Link href={viewHref(to)}>{name}</Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
