import type { File } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Breadcrumbs } from "../browse/breadcrumbs.tsx";
import { allBytes } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { ShareButton } from "../share/share-button.tsx";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { DownloadLink } from "./download-link.tsx";

const TablePage = lazy(async () => ({ default: (await import("../table/table-page.tsx")).TablePage }));

/** The most bytes of a text file that are shown. */
const MOST_BYTES = 200_000;

/** Names of files whose tables are shown. */
const TABLES = /\.(?:csv|tsv|jsonl|ndjson|parquet)$/i;

/** Shows a file: a table as one, else the beginning as text. */
export function FilePage({ file }: { readonly file: File }): ReactNode {
  const [isText, setText] = useState(!TABLES.test(file.name));
  return isText ? (
    <TextPage file={file} />
  ) : (
    <Suspense fallback={null}>
      <TablePage file={file} onText={() => setText(true)} />
    </Suspense>
  );
}

/** Shows the beginning of a file as text, and offers it for download. */
function TextPage({ file }: { readonly file: File }): ReactNode {
  useTitle(file.name);
  const { data, error } = useQuery({
    queryKey: ["text", file.path, file.etag],
    queryFn: async ({ signal }) => {
      const range = `bytes=0-${MOST_BYTES - 1}`;
      if (file.size === 0) return "";
      const { bytes } = await server.readFile(file.path, { range }, { signal });
      return textOf(await allBytes(bytes));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const size = file.size ?? 0;
  return (
    <div className="page">
      <header className="page-head">
        <Breadcrumbs path={file.path} />
        <h1>{file.name}</h1>
        <p className="facts">
          <span>{formatBytes(size)}</span>
          {file.modified_at !== null && (
            <span>
              changed <Ago time={file.modified_at} />
            </span>
          )}
        </p>
        <div className="actions">
          <DownloadLink path={file.path} />
          <ShareButton thing={{ kind: "file", path: file.path }} />
        </div>
      </header>
      {error !== null && <Problem error={error} />}
      {data === null && <p className="empty">This is no text. Download the file to look into it.</p>}
      {typeof data === "string" && (
        <pre className="plain-text" tabIndex={0} aria-label={`Text of ${file.name}`} role="group">
          {data}
        </pre>
      )}
      {typeof data === "string" && size > MOST_BYTES && (
        <p className="quiet">
          These are the first {formatBytes(MOST_BYTES)} of {formatBytes(size)}.
        </p>
      )}
    </div>
  );
}

/** The text of bytes; null where they are none. A character that is cut off at the end goes. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
