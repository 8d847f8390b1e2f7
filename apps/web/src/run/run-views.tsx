import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";

/** The parts of a run's page, one of which is shown; `runs` is there for sweeps only. */
export const RUN_VIEWS = ["runs", "output", "events", "log", "files"] as const;

/** See {@link RUN_VIEWS}. */
export type RunView = (typeof RUN_VIEWS)[number];

const NAMES: Readonly<Record<RunView, string>> = {
  runs: "Runs",
  output: "Output",
  events: "Events",
  log: "Log",
  files: "Record",
};

/** Which part an address asks for; the first where it asks for none. */
export function readRunView(query: URLSearchParams, { isSweep }: { readonly isSweep: boolean }): RunView {
  const views = viewsOf(isSweep);
  return views.find((it) => it === query.get("show")) ?? (isSweep ? "runs" : "output");
}

function viewsOf(isSweep: boolean): readonly RunView[] {
  return isSweep ? RUN_VIEWS : RUN_VIEWS.filter((it) => it !== "runs");
}

/** Links to the parts of a run's page. */
export function RunViews({
  id,
  view,
  isSweep,
}: {
  readonly id: string;
  readonly view: RunView;
  readonly isSweep: boolean;
}): ReactNode {
  const views = viewsOf(isSweep);
  return (
    <nav className="views" aria-label="Parts of this run">
      {views.map((it) => (
        <Link
          key={it}
          href={it === views[0] ? runHref(id) : `${runHref(id)}?show=${it}`}
          aria-current={it === view ? "true" : undefined}
        >
          {NAMES[it]}
        </Link>
      ))}
    </nav>
  );
}
