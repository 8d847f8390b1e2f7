import type { ReactNode } from "react";

/** A small picture of what an entry of a directory is. */
export function FileIcon({
  kind,
  name,
}: {
  readonly kind: "file" | "directory";
  readonly name: string;
}): ReactNode {
  const isNotebook = name.endsWith(".ipynb");
  return (
    <svg className={`file-icon${isNotebook ? " notebook-icon" : ""}`} viewBox="0 0 16 16" aria-hidden="true">
      {kind === "directory" ? (
        <path d="M1.75 4c0-.7.55-1.25 1.25-1.25h3.2l1.5 1.75H13c.7 0 1.25.55 1.25 1.25V12c0 .7-.55 1.25-1.25 1.25H3c-.7 0-1.25-.55-1.25-1.25z" />
      ) : isNotebook ? (
        <path d="M3.75 1.75h8.5a1 1 0 0 1 1 1v10.5a1 1 0 0 1-1 1h-8.5zM6 1.75v12.5M8.5 5h2.5M8.5 7.5h2.5" />
      ) : (
        <path d="M4 1.75h5l3.25 3.25v8.25a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1zM9 1.75V5h3.25" />
      )}
    </svg>
  );
}
