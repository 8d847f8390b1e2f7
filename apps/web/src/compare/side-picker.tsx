import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Link } from "../routing/link.tsx";
import { runHref, viewHref } from "../routing/route.ts";
import { ParametersSummary } from "../runs/parameters-summary.tsx";
import { StatusBadge } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { readSide, type Side, sideText } from "./side.ts";
import type { LoadedSide } from "./use-side.ts";
import { shortId } from "../shell/short-id.ts";

interface SidePickerProps {
  readonly title: string;
  readonly side: Side | null;
  readonly loaded: LoadedSide | undefined;
  /** The notebook whose runs are offered where nothing is chosen. */
  readonly path: string | null;
  readonly onChoose: (side: Side | null) => void;
}

/** How many runs are offered. */
const OFFERED = 8;

/** One of the two things that are compared, and a way to choose another one. */
export function SidePicker({ title, side, loaded, path, onChoose }: SidePickerProps): ReactNode {
  if (side === null) return <Chooser title={title} path={path} onChoose={onChoose} />;
  const run = loaded?.run ?? null;
  return (
    <section className="compare-side" aria-label={title}>
      <p className="side-name">{title}</p>
      <p className="side-title">
        {side.kind === "run" ? (
          <Link href={runHref(side.id)}>
            {run?.path.split("/").at(-1) ?? ""} {shortId(side.id)}
          </Link>
        ) : (
          <Link href={viewHref(side.path)}>{sideText(side)}</Link>
        )}
      </p>
      {run !== null && (
        <p className="facts">
          <StatusBadge status={run.status} />
          <Ago time={run.created_at} />
        </p>
      )}
      <button type="button" className="plain" onClick={() => onChoose(null)}>
        Choose another
      </button>
    </section>
  );
}

function Chooser({ title, path, onChoose }: Pick<SidePickerProps, "title" | "path" | "onChoose">): ReactNode {
  const id = useId();
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const { data } = useQuery({
    queryKey: ["runs-to-compare", path],
    queryFn: ({ signal }) =>
      server.listRuns({ limit: OFFERED, ...(path === null ? {} : { path }) }, { signal }),
  });
  const found = readSide(text);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (found !== null) onChoose(found);
  };
  const isWrong = isTried && found === null;
  return (
    <section className="compare-side" aria-label={title}>
      <form onSubmit={submit} className="side-form">
        <label htmlFor={id}>{title}: a run, or the path of a notebook</label>
        <div>
          <input
            id={id}
            className="code"
            value={text}
            placeholder="/shared/report.ipynb@3"
            spellCheck={false}
            autoComplete="off"
            aria-invalid={isWrong}
            aria-describedby={isWrong ? `${id}-problem` : undefined}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">Choose</button>
        </div>
        {isWrong && (
          <p className="field-problem" id={`${id}-problem`}>
            Give the id of a run, or a path as /shared/report.ipynb, with @3 behind it for version 3.
          </p>
        )}
      </form>
      <ul className="offers">
        {path !== null && (
          <li>
            <button
              type="button"
              className="plain"
              onClick={() => onChoose({ kind: "file", path, version: null })}
            >
              The notebook as it is now
            </button>
          </li>
        )}
        {data?.runs.map((run) => (
          <li key={run.id}>
            <button type="button" className="plain" onClick={() => onChoose({ kind: "run", id: run.id })}>
              {run.path.split("/").at(-1)} {shortId(run.id)}
            </button>
            <StatusBadge status={run.status} />
            <Ago time={run.created_at} />
            <ParametersSummary parameters={run.parameters} />
          </li>
        ))}
      </ul>
    </section>
  );
}
