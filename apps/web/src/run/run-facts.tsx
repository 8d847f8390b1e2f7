import type { RunDetail } from "@notemill/api";
import { lazy, type ReactNode, Suspense } from "react";
import { sizeText } from "../parameters/size-choices.ts";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { parameterEntries } from "../runs/parameters-summary.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { AttemptList } from "./attempt-list.tsx";
import { shortId } from "../shell/short-id.ts";
import { ValueList } from "./value-list.tsx";

// What reads the runs of a sweep is for sweeps.
const SweepFacts = lazy(async () => ({ default: (await import("../sweeps/sweep-facts.tsx")).SweepFacts }));

/** What is known of a run beside its notebook: parameters, times, kernel, what it took. */
export function RunFacts({ run }: { readonly run: RunDetail }): ReactNode {
  const parameters = parameterEntries(run.parameters);
  const metrics = parameterEntries(run.metrics);
  const resources = run.attempts.at(-1)?.resources ?? null;
  return (
    <>
      {run.is_sweep ? (
        <Suspense fallback={null}>
          <SweepFacts run={run} />
        </Suspense>
      ) : (
        <section>
          <h2>Parameters</h2>
          {parameters.length === 0 ? (
            <p className="quiet">The notebook’s defaults</p>
          ) : (
            <ValueList entries={parameters} />
          )}
        </section>
      )}
      {metrics.length > 0 && (
        <section>
          <h2>Metrics</h2>
          <ValueList entries={metrics} />
        </section>
      )}
      {run.attempts.length > 1 && <AttemptList id={run.id} attempts={run.attempts} />}
      <section>
        <h2>Details</h2>
        <dl className="facts-list">
          <Fact name="Asked for" value={shownTime(run.created_at)} />
          <Fact name="Started" value={run.started_at === null ? null : shownTime(run.started_at)} />
          <Fact name="Ended" value={run.finished_at === null ? null : shownTime(run.finished_at)} />
          <Fact name="Kernel" value={run.kernel_name} />
          <Fact name="Environment" value={run.environment ?? null} />
          <Fact name="Owner" value={run.owner} />
          <Fact name="Tags" value={run.tags.length === 0 ? null : run.tags.join(", ")} />
          <Fact name="Memory" value={memoryText(run.memory_bytes ?? null, resources)} />
          <Fact
            name="Processor"
            value={resources === null ? null : `${resources.cpu_seconds.toFixed(1)} s`}
          />
          {run.schedule !== null && (
            <div>
              <dt>Schedule</dt>
              <dd>
                {run.schedule.name}, {shownTime(run.schedule.slot)}
              </dd>
            </div>
          )}
          {run.sweep_id !== null && (
            <div>
              <dt>Sweep</dt>
              <dd>
                <Link href={runHref(run.sweep_id)}>{shortId(run.sweep_id)}</Link>
              </dd>
            </div>
          )}
          {run.rerun_of !== null && (
            <div>
              <dt>Repeats</dt>
              <dd>
                <Link href={runHref(run.rerun_of)}>{shortId(run.rerun_of)}</Link>
              </dd>
            </div>
          )}
        </dl>
      </section>
    </>
  );
}

/** What was taken of what might be; null where neither is known. */
function memoryText(
  most: number | null,
  taken: { readonly peak_memory_bytes: number } | null,
): string | null {
  const limit = most === null ? null : `at most ${sizeText(most)}`;
  return taken === null ? limit : [sizeText(taken.peak_memory_bytes), limit].filter(Boolean).join(", ");
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }): ReactNode {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
