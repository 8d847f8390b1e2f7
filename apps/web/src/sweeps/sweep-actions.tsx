import type { RunDetail } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import type { MouseEventHandler, ReactNode } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { goToStarted } from "../runs/go-to-started.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { useMayRun } from "../shell/use-session.ts";
import { startAgain } from "./again.ts";

/** What can be done with a sweep that is over; `left` of its runs have not succeeded. */
export function SweepActions({
  run: { id, path },
  left,
  isForm,
  onForm,
}: {
  readonly run: RunDetail;
  readonly left: number;
  /** Whether the form for another sweep is there. */
  readonly isForm: boolean;
  readonly onForm: MouseEventHandler<HTMLElement>;
}): ReactNode {
  const retry = useMutation({
    mutationFn: () => server.retrySweep(id),
    onSuccess: (next) => goTo(runHref(next.id)),
  });
  const again = useMutation({ mutationFn: () => startAgain(id), onSuccess: goToStarted });
  if (!useMayRun()) return null;
  return (
    <>
      <div className="actions">
        {left > 0 && (
          <button
            type="button"
            className="primary"
            disabled={retry.isPending || retry.isSuccess}
            onClick={() => retry.mutate()}
          >
            {left === 1 ? "Retry the one that did not succeed" : `Retry the ${left} that did not succeed`}
          </button>
        )}
        <button
          type="button"
          className={left > 0 ? undefined : "primary"}
          disabled={again.isPending || again.isSuccess}
          onClick={() => again.mutate()}
        >
          Run all again
        </button>
        {path.endsWith(".ipynb") && (
          <button type="button" aria-expanded={isForm} onClick={onForm}>
            With other values …
          </button>
        )}
      </div>
      {retry.isError && <Problem error={retry.error} />}
      {again.isError && <Problem error={again.error} />}
    </>
  );
}
