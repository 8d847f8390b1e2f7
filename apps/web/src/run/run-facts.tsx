import type { RunDetail } from "@notemill/api";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { compareHref } from "../compare/side.ts";
import { sizeText } from "../parameters/size-choices.ts";
import { Link } from "../routing/link.tsx";
import { runHref, scheduleHref } from "../routing/route.ts";
import { parameterEntries } from "../runs/parameters-summary.tsx";
import { isOver } from "../runs/status-badge.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { AttemptList } from "./attempt-list.tsx";
import { shortId } from "../shell/short-id.ts";
import { parameterOrigin } from "./parameter-origin.ts";
import { UsageCharts } from "./usage-chart.tsx";
import { useOutput } from "./use-output.ts";
import { ValueList } from "./value-list.tsx";
import { environmentText, kernelText } from "./what-ran.ts";

// What reads the runs of a sweep is for sweeps.
const SweepFacts = lazy(async () => ({ default: (await import("../sweeps/sweep-facts.tsx")).SweepFacts }));

// What infers parameters is large, and the page is there without it.
const DefaultValues = lazy(async () => ({ default: (await import("./default-values.tsx")).DefaultValues }));

/** What is known of a run beside its notebook: parameters, times, kernel, what it took. */
export function RunFacts({ run }: { readonly run: RunDetail }): ReactNode {
  const parameters = useMemo(() => parameterEntries(run.parameters), [run.parameters]);
  const given = useMemo(() => new Set(parameters.map(([name]) => name)), [parameters]);
  const { data: notebook } = useOutput(run);
  const metrics = parameterEntries(run.metrics);
  const resources = run.attempts.at(-1)?.resources ?? null;
  return (
    <>
      {run.is_sweep ? (
        <Suspense fallback={<section className="facts-to-come" />}>
          <SweepFacts run={run} Defaults={DefaultValues} />
        </Suspense>
      ) : (
        <>
          <section>
            <h2>Parameters</h2>
            {parameters.length === 0 ? (
              <p className="quiet">The notebook’s defaults</p>
            ) : (
              <>
                <ValueList entries={parameters} />
                <p className="quiet origin">{parameterOrigin(run)}</p>
              </>
            )}
          </section>
          <Suspense fallback={null}>
            <DefaultValues run={run} given={given} />
          </Suspense>
        </>
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
          <Fact name="Kernel" value={kernelText(run.kernel_name, notebook)} />
          <Fact name="Environment" value={environmentText(run)} />
          {!run.is_sweep && (
            <div>
              <dt>Source</dt>
              <dd>
                <code title={run.source_hash}>{run.source_hash.slice(0, 12)}</code>
                {isOver(run.status) && run.path.endsWith(".ipynb") && (
                  <>
                    {" "}
                    <Link
                      href={compareHref(
                        { kind: "run", id: run.id },
                        { kind: "file", path: run.path, version: null },
                      )}
                    >
                      What has changed since
                    </Link>
                  </>
                )}
              </dd>
            </div>
          )}
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
                <Link href={scheduleHref(run.schedule.id)}>{run.schedule.name}</Link>,{" "}
                {shownTime(run.schedule.slot)}
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
      {resources !== null && (
        <UsageCharts resources={resources} memoryBytes={run.memory_bytes ?? null} cpus={run.cpus ?? null} />
      )}
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
