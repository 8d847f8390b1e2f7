import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";

/** The parts of a run's page, one of which is shown. */
export const RUN_VIEWS = ["output", "events", "log", "files"] as const;

/** See {@link RUN_VIEWS}. */
export type RunView = (typeof RUN_VIEWS)[number];

const NAMES: Readonly<Record<RunView, string>> = {
  output: "Output",
  events: "Events",
  log: "Log",
  files: "Record",
};

/** Which part an address asks for. */
export function readRunView(query: URLSearchParams): RunView {
  return RUN_VIEWS.find((it) => it === query.get("show")) ?? "output";
}

/** Links to the parts of a run's page. */
export function RunViews({ id, view }: { readonly id: string; readonly view: RunView }): ReactNode {
  return (
    <nav className="views" aria-label="Parts of this run">
      {RUN_VIEWS.map((it) => (
        <Link
          key={it}
          href={it === "output" ? runHref(id) : `${runHref(id)}?show=${it}`}
          aria-current={it === view ? "true" : undefined}
        >
          {NAMES[it]}
        </Link>
      ))}
    </nav>
  );
}
