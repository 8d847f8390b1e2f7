import type { RunDetail } from "@notemill/api";
import { formatDuration } from "@notemill/html-export";
import type { ReactNode } from "react";
import { sizeText } from "../parameters/size-choices.ts";
import { type UsageSeries, usageSeries } from "./usage-series.ts";

type Resources = NonNullable<RunDetail["attempts"][number]["resources"]>;

const WIDTH = 288;
const HEIGHT = 84;
const TOP = 6;
const BOTTOM = 4;

/** What the kernel of an attempt took as time went on, beside what was asked for; nothing for one that was short. */
export function UsageCharts({
  resources,
  memoryBytes,
  cpus,
}: {
  readonly resources: Resources;
  /** What was asked for; null for no limit. */
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
}): ReactNode {
  const series = usageSeries(resources.samples ?? null);
  if (series === null) return null;
  return (
    <section>
      <h2>As time went on</h2>
      <UsageChart name="Memory" values={series.memoryBytes} of={series} limit={memoryBytes} text={sizeText} />
      <UsageChart name="Processors" values={series.cpus} of={series} limit={cpus} text={cpuText} />
    </section>
  );
}

function UsageChart({
  name,
  values,
  of: { everySeconds },
  limit,
  text,
}: {
  readonly name: string;
  readonly values: readonly number[];
  readonly of: Pick<UsageSeries, "everySeconds">;
  readonly limit: number | null;
  readonly text: (value: number) => string;
}): ReactNode {
  const most = Math.max(...values);
  const high = Math.max(most, limit ?? 0) || 1;
  const whole = formatDuration(values.length * everySeconds);
  const left = (at: number): number => (at / (values.length - 1)) * WIDTH;
  const top = (value: number): number => TOP + (1 - value / high) * (HEIGHT - TOP - BOTTOM);
  const line = values.map((value, at) => `${left(at).toFixed(1)} ${top(value).toFixed(1)}`).join("L");
  const asked = limit === null ? "" : ` of ${text(limit)}`;
  const when = formatDuration((values.indexOf(most) + 1) * everySeconds);
  const label = `${name} over ${whole}: at most ${text(most)}${asked} after ${when}, ${text(values.at(-1) ?? 0)} at the end`;
  return (
    <figure className="usage-chart">
      <figcaption>
        {name}
        <span>
          at most {text(most)}
          {limit === null ? ", no limit" : asked}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <path className="grid" d={`M0 ${top(0)}H${WIDTH}`} />
        {limit !== null && <path className="limit" d={`M0 ${top(limit)}H${WIDTH}`} />}
        <path className="area" d={`M0 ${top(0)}L${line}L${WIDTH} ${top(0)}Z`} />
        <path className="line" d={`M${line}`} />
      </svg>
      <p className="usage-times" aria-hidden="true">
        <span>0 s</span>
        <span>{whole}</span>
      </p>
    </figure>
  );
}

function cpuText(cpus: number): string {
  return cpus.toFixed(cpus < 10 ? 1 : 0);
}
