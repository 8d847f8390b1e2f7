import type { File } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { BrowsePage, type Changing } from "../browse/browse-page.tsx";
import { Breadcrumbs } from "../browse/breadcrumbs.tsx";
import { createDirectoryChanges } from "../browse/directory-changes.ts";
import { DirectoryTools, DropPlace } from "../browse/directory-tools.tsx";
import { useQueryString } from "../routing/location.ts";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { AwayNote } from "../shell/away-note.tsx";
import { Problem } from "../shell/problem.tsx";
import { FilePage } from "./file-page.tsx";
import { NotebookPage } from "./notebook-page.tsx";
import { useEarlyDocument } from "./use-document.ts";

const CHANGING: Changing = {
  createChanges: createDirectoryChanges,
  Tools: DirectoryTools,
  Place: DropPlace,
};

/** Shows what is at a virtual path: a directory, a notebook, or another file. */
export function ViewPage({ path }: { readonly path: string }): ReactNode {
  return path.endsWith(".ipynb") ? <EarlyNotebook path={path} /> : <AnyFile path={path} />;
}

/** What is most likely a notebook: its bytes are asked for together with what is known of it. */
function EarlyNotebook({ path }: { readonly path: string }): ReactNode {
  useEarlyDocument(path);
  return <AnyFile path={path} />;
}

function AnyFile({ path }: { readonly path: string }): ReactNode {
  const asked = useQuery({
    queryKey: ["file", path],
    queryFn: ({ signal }) => server.getFile(path, { signal }),
    ...UNTIL_ANSWERED,
  });
  const { data } = asked;
  const { problem, isAway } = troubleOf(asked);
  if (problem !== null) {
    return (
      <div className="page">
        <header className="page-head">
          <Breadcrumbs path={path} />
          <h1>{path.split("/").at(-1)}</h1>
        </header>
        <Problem error={problem} />
      </div>
    );
  }
  if (data === undefined) return null;
  return (
    <>
      {isAway && <AwayNote />}
      <WhatIsThere file={data} />
    </>
  );
}

function WhatIsThere({ file }: { readonly file: File }): ReactNode {
  const isRaw = useQueryString().has("raw");
  if (file.kind === "directory")
    return <BrowsePage path={file.path} changing={file.is_writable ? CHANGING : null} />;
  return file.name.endsWith(".ipynb") && !isRaw ? <NotebookPage file={file} /> : <FilePage file={file} />;
}
