import type { File } from "@notemill/api";
import { createNotebookRenderer } from "@notemill/html-export";
import { Outputs } from "@notemill/outputs";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { Breadcrumbs } from "../browse/breadcrumbs.tsx";
import { withBase } from "../routing/base-path.ts";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { allBytes } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { ShareButton } from "../share/share-button.tsx";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { ActiveOutputs } from "./active-outputs.tsx";
import { DownloadLink } from "./download-link.tsx";
import { isPicture, previewOutput } from "./file-preview.ts";
import "./notebook-styles.ts";

const TablePage = lazy(async () => ({ default: (await import("../table/table-page.tsx")).TablePage }));

/** The most bytes of a text file that are shown. */
const MOST_BYTES = 200_000;

/** Names of files whose tables are shown. */
const TABLES = /\.(?:csv|tsv|jsonl|ndjson|parquet)$/i;

const { renderOutputs } = createNotebookRenderer({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });

/** Shows a file: a table, a picture, Markdown, HTML or code as what it is, else the beginning as text. */
export function FilePage({ file }: { readonly file: File }): ReactNode {
  const [isText, setText] = useState(!TABLES.test(file.name));
  if (isPicture(file.name)) return <PicturePage file={file} />;
  return isText ? (
    <TextPage file={file} />
  ) : (
    <Suspense fallback={null}>
      <TablePage file={file} onText={() => setText(true)} />
    </Suspense>
  );
}

function PicturePage({ file }: { readonly file: File }): ReactNode {
  useTitle(file.name);
  const [isBroken, setBroken] = useState(false);
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return (
    <div className="page">
      <Head file={file} />
      {isBroken ? (
        <p className="empty">This is no picture that the browser knows. Download the file to look into it.</p>
      ) : (
        <img
          className="file-picture"
          src={withBase(`/files${path}`)}
          alt={file.name}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  );
}

/** Shows the beginning of a file as text or as what it is, and offers it for download. */
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
  const preview = useMemo(
    // What is cut off would be shown wrong.
    () => (typeof data === "string" && size <= MOST_BYTES ? previewOutput(file.name, data) : null),
    [data, file.name, size],
  );
  const [isPlain, setPlain] = useState(false);
  return (
    <div className="page">
      <Head file={file}>
        {preview !== null && (
          <button type="button" aria-pressed={isPlain} onClick={() => setPlain(!isPlain)}>
            As text
          </button>
        )}
      </Head>
      {error !== null && <Problem error={error} />}
      {data === null && <p className="empty">This is no text. Download the file to look into it.</p>}
      {preview !== null && !isPlain && (
        <div className="markup file-preview">
          <ActiveOutputs>
            <Outputs outputs={[preview]} render={renderOutputs} />
          </ActiveOutputs>
        </div>
      )}
      {typeof data === "string" && (preview === null || isPlain) && (
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

/** What is known of a file, and what can be done with it. */
function Head({ file, children }: { readonly file: File; readonly children?: ReactNode }): ReactNode {
  const { path, name, size, modified_at: modifiedAt } = file;
  return (
    <header className="page-head">
      <Breadcrumbs path={path} />
      <h1>{name}</h1>
      <p className="facts">
        <span>{formatBytes(size ?? 0)}</span>
        {modifiedAt !== null && (
          <span>
            changed <Ago time={modifiedAt} />
          </span>
        )}
      </p>
      <div className="actions">
        {children}
        {name.endsWith(".ipynb") && (
          <Link className="button" href={viewHref(path)}>
            As a notebook
          </Link>
        )}
        <DownloadLink path={path} />
        <ShareButton thing={{ kind: "file", path }} />
      </div>
    </header>
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
