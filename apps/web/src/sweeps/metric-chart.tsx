import { type ReactNode, useRef } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { useWidth } from "../shell/use-width.ts";
import { axisText, share, ticks } from "./scale.ts";
import { numberOf, shownNumber, type SweepRow } from "./sweep-table.ts";

interface MetricChartProps {
  readonly rows: readonly SweepRow[];
  readonly metric: string;
  /** The parameter along the horizontal axis. */
  readonly along: string;
  /** The parameter by which points are joined; none where only one differs. */
  readonly by: string | undefined;
}

/** The widest that it gets, and what it is before its place is known. */
const MOST_WIDTH = 736;
const HEIGHT = 260;
const LEFT = 56;
const BOTTOM = 36;
const TOP = 12;
const RIGHT = 12;

/** A chart of a metric over a parameter: a point for each run, joined where another parameter is the same. */
export function MetricChart({ rows, metric, along, by }: MetricChartProps): ReactNode {
  const place = useRef<HTMLElement>(null);
  const width = useWidth(place, MOST_WIDTH);
  const points = pointsOf(rows, metric, along, by);
  if (points.length === 0) return <p className="quiet">No run has recorded {metric} yet.</p>;
  const isNumeric = points.every(({ text }) => numberOf(text) !== null);
  const places = [...new Set(points.map(({ text }) => text))];
  const xs = points.map(({ text }) => (isNumeric ? (numberOf(text) ?? 0) : places.indexOf(text)));
  const [lowX, highX] = [Math.min(...xs), Math.max(...xs)];
  const values = points.map(({ y }) => y);
  const [lowY, highY] = [Math.min(...values), Math.max(...values)];
  const left = (x: number): number => LEFT + share(x, lowX, highX) * (width - LEFT - RIGHT);
  const top = (y: number): number => TOP + (1 - share(y, lowY, highY)) * (HEIGHT - TOP - BOTTOM);
  const xMarks = isNumeric ? ticks(lowX, highX, width / 110) : places.map((_, index) => index);
  const series = [...new Set(points.map(({ group }) => group))];
  const label = `${metric} over ${along}: ${points.length} runs, from ${shownNumber(lowY)} to ${shownNumber(highY)}`;
  return (
    <figure className="metric-chart" ref={place}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="group" aria-label={label}>
        {ticks(lowY, highY, 4).map((y) => (
          <g key={y}>
            <path className="grid" d={`M${LEFT} ${top(y)}H${width - RIGHT}`} />
            <text x={LEFT - 8} y={top(y) + 4} textAnchor="end">
              {shownNumber(y)}
            </text>
          </g>
        ))}
        {xMarks.map((x) => (
          <text key={x} x={left(x)} y={HEIGHT - BOTTOM + 20} textAnchor="middle">
            {isNumeric ? axisText(x) : places[x]}
          </text>
        ))}
        {isNumeric &&
          series.map((group, index) => {
            const line = points
              .map((point, at) => ({ ...point, x: xs[at] ?? 0 }))
              .filter((point) => point.group === group)
              .toSorted((a, b) => a.x - b.x);
            const path = line.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${left(x)} ${top(y)}`).join("");
            return <path key={group} className="line" data-series={index % 5} d={path} />;
          })}
        {points.map(({ row, y, group }, at) => {
          const title = `${[...row.parameters].map(([name, it]) => `${name} ${it}`).join(", ")}: ${shownNumber(y)}`;
          const dot = (
            <circle
              key={row.index}
              data-series={series.indexOf(group) % 5}
              cx={left(xs[at] ?? 0)}
              cy={top(y)}
              r="4"
            >
              <title>{title}</title>
            </circle>
          );
          if (row.runId === null) return dot;
          return (
            <Link key={row.index} href={runHref(row.runId)} aria-label={title}>
              {dot}
            </Link>
          );
        })}
      </svg>
      <figcaption>
        {metric} over {along}
        {by !== undefined && series.length > 1 && (
          <span className="series">
            {series.map((group, index) => (
              <span key={group} data-series={index % 5}>
                {by} {group}
              </span>
            ))}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function pointsOf(
  rows: readonly SweepRow[],
  metric: string,
  along: string,
  by: string | undefined,
): readonly { readonly row: SweepRow; readonly text: string; readonly y: number; readonly group: string }[] {
  return rows.flatMap((row) => {
    const y = row.metrics.get(metric);
    if (y === undefined || !Number.isFinite(y)) return [];
    const text = row.parameters.get(along) ?? "";
    return [{ row, text, y, group: by === undefined ? "" : (row.parameters.get(by) ?? "") }];
  });
}
