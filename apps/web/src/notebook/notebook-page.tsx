import type { File } from "@notemill/api";
import { createNotebookRenderer } from "@notemill/html-export";
import type { Notebook } from "@notemill/nbformat";
import { Markup } from "@notemill/outputs";
import { ContentsList, FindBar, NotebookView } from "@notemill/viewer";
import { lazy, type MouseEvent, type ReactNode, Suspense, useCallback, useMemo } from "react";
import { Breadcrumbs } from "../browse/breadcrumbs.tsx";
import { Link } from "../routing/link.tsx";
import { replaceQuery, useQueryString } from "../routing/location.ts";
import { viewHref } from "../routing/route.ts";
import { runsHref } from "../runs/run-filter.ts";
import type { Command } from "../shell/commands.ts";
import { usePageCommands } from "../shell/page-commands.ts";
import { ShareButton } from "../share/share-button.tsx";
import { troubleOf } from "../server/trouble.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { useOpener } from "../shell/use-opener.ts";
import { useMayChange, useMayRun } from "../shell/use-session.ts";
import { useTitle } from "../shell/use-title.ts";
import { ActiveOutputs } from "./active-outputs.tsx";
import { DownloadLink } from "./download-link.tsx";
import "./notebook-styles.ts";
import { useDocument } from "./use-document.ts";
import { useFinding } from "./use-finding.ts";
import { useFolds } from "./use-folds.ts";

// What reads parameters and ranges is for those who run it.
const RunForm = lazy(async () => ({ default: (await import("../parameters/run-form.tsx")).RunForm }));

/** Shows a notebook to read, and a form to run it. */
export function NotebookPage({ file }: { readonly file: File }): ReactNode {
  useTitle(file.name);
  const asked = useDocument(file);
  const { data } = asked;
  const { problem } = troubleOf(asked);
  if (problem !== null || data === undefined) {
    return (
      <div className="page">
        <header className="page-head">
          <Breadcrumbs path={file.path} />
          <h1>{file.name}</h1>
          <div className="actions">
            <DownloadLink path={file.path} />
          </div>
        </header>
        {problem !== null && <Problem error={problem} />}
      </div>
    );
  }
  return <Loaded file={file} notebook={data} />;
}

function Loaded({ file, notebook }: { readonly file: File; readonly notebook: Notebook }): ReactNode {
  const renderer = useMemo(
    () => createNotebookRenderer(notebook, { name: file.name }),
    [notebook, file.name],
  );
  const query = useQueryString();
  const mayRun = useMayRun();
  const isForm = mayRun && query.has("run");
  // In the address, so that readers get a link without code.
  const code = query.get("code") === "hide" ? "hide" : "show";
  const toggleCode = useCallback((): void => {
    const next = new URLSearchParams(location.search);
    if (next.get("code") === "hide") next.delete("code");
    else next.set("code", "hide");
    replaceQuery(next);
  }, []);
  const [isFinding, setFinding] = useFinding();
  const folds = useFolds();
  const commands = useMemo<readonly Command[]>(
    () => [{ name: "Hide or show the code", keys: ["c"], run: toggleCode }],
    [toggleCode],
  );
  usePageCommands(commands);
  const mayChange = useMayChange();
  const { title, headings } = renderer;
  const hasContents = headings.length >= 3;
  const when = mayChange && query.get("run") === "schedule" ? "schedule" : "now";
  const showForm = (asked: "now" | "schedule" | null): void => {
    const next = new URLSearchParams(query);
    if (asked === null) next.delete("run");
    else next.set("run", asked === "schedule" ? asked : "");
    replaceQuery(next);
  };
  const opener = useOpener();
  const toggleForm = (asked: "now" | "schedule", event: MouseEvent<HTMLElement>): void => {
    opener.open(event);
    showForm(isForm && asked === when ? null : asked);
  };
  const closeForm = (): void => {
    showForm(null);
    opener.leave();
  };
  return (
    <div className="page notebook-page with-side">
      <header className="page-head">
        <Breadcrumbs path={file.path} />
        <h1 id={title.id}>
          <Markup as="span" className="markup" html={title.html} />
        </h1>
        <p className="facts">
          {title.text !== file.name && <span>{file.name}</span>}
          {file.modified_at !== null && (
            <span>
              changed <Ago time={file.modified_at} />
            </span>
          )}
        </p>
        <div className="actions">
          {mayRun && (
            <button
              type="button"
              className="primary"
              aria-expanded={isForm && when === "now"}
              onClick={(event) => toggleForm("now", event)}
            >
              Run …
            </button>
          )}
          <button type="button" aria-pressed={code === "hide"} onClick={toggleCode}>
            Hide code
          </button>
          <button type="button" aria-expanded={isFinding} onClick={() => setFinding(!isFinding)}>
            Find
          </button>
          <DownloadLink path={file.path} />
          <Link className="button" href={`${viewHref(file.path)}?raw`}>
            As text
          </Link>
          <Link className="button" href={runsHref({ path: file.path })}>
            Its runs
          </Link>
          <ShareButton thing={{ kind: "notebook", path: file.path }} />
          {mayRun && mayChange && (
            <button
              type="button"
              aria-expanded={isForm && when === "schedule"}
              onClick={(event) => toggleForm("schedule", event)}
            >
              Schedule …
            </button>
          )}
        </div>
      </header>
      {(isForm || hasContents) && (
        <aside className="side" aria-label={isForm ? "Form" : "Contents"}>
          {isForm && (
            <Suspense fallback={null}>
              <RunForm
                file={file}
                notebook={notebook}
                when={when}
                onWhen={showForm}
                onClose={closeForm}
                headingRef={opener.enter}
              />
            </Suspense>
          )}
          {hasContents && !isForm && (
            <nav className="contents" aria-label="Contents">
              <h2>Contents</h2>
              <ContentsList headings={headings} />
            </nav>
          )}
        </aside>
      )}
      <ActiveOutputs>
        <div>
          {isFinding && (
            <FindBar renderer={renderer} folds={folds} code={code} onClose={() => setFinding(false)} />
          )}
          <NotebookView renderer={renderer} folds={folds} code={code} />
        </div>
      </ActiveOutputs>
    </div>
  );
}
