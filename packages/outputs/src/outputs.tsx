import { type DataTable, joinStreams, type NotebookRenderer, readDataTable } from "@notemill/html-export";
import { isJsonObject, RawJson } from "@notemill/json";
import type { MimeBundle, Output } from "@notemill/nbformat";
import { memo, type ReactNode, useMemo } from "react";
import { ActiveOutput } from "./active-output.tsx";
import { activePart } from "./active-part.ts";
import { DownloadOutput, unshownPart } from "./download-output.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { LongText } from "./long-text.tsx";
import { Markup } from "./markup.tsx";
import { makeTablesSortable } from "./sortable-tables.ts";
import { TableOutput } from "./table-output.tsx";
import { isLongText } from "./text-chunks.ts";

/** Properties of {@link Outputs}. */
export interface OutputsProps {
  readonly outputs: readonly Output[];
  readonly render: NotebookRenderer["renderOutputs"];
}

/** Shows the outputs of a cell. An output that stays the same value is not rendered again. */
export function Outputs({ outputs, render }: OutputsProps): ReactNode {
  const joined = useMemo(() => joinStreams(outputs), [outputs]);
  // Outputs are only appended or replaced at their place, so that their place tells them apart.
  return joined.map((output, index) => <OneOutput key={index} output={output} render={render} />);
}

const OneOutput = memo(function OneOutput({
  output,
  render,
}: {
  readonly output: Output;
  readonly render: NotebookRenderer["renderOutputs"];
}): ReactNode {
  const isLong = output.output_type === "stream" && isLongText(output.text);
  const table = useMemo(() => tableOf(output), [output]);
  const html = useMemo(
    () => (table === undefined && !isLong ? render([output]) : ""),
    [output, render, table, isLong],
  );
  const part = useMemo(() => activePart(output), [output]);
  if (isLong) return <LongText text={output.text} name={output.name} />;
  if (table !== undefined) return <TableOutput {...table} />;
  const unshown = "data" in output ? unshownPart(output.data) : undefined;
  const geo = "data" in output ? geoOf(output.data) : undefined;
  const markup = (
    <>
      {html !== "" && <Markup html={html} onMade={makeTablesSortable} />}
      {geo !== undefined && <FeatureTable geo={geo} />}
      {unshown !== undefined && <DownloadOutput part={unshown} />}
    </>
  );
  return part === undefined ? markup : <ActiveOutput part={part}>{markup}</ActiveOutput>;
});

/** The GeoJSON of a bundle, where that is what is shown of it. */
function geoOf(data: MimeBundle): RawJson | undefined {
  const type = Object.keys(data).find((it) => /^application\/(?:vnd\.)?geo\+json$/.test(it));
  const value = type === undefined ? undefined : data[type];
  return value instanceof RawJson ? value : undefined;
}

const DATA_RESOURCE = "application/vnd.dataresource+json";

function tableOf(output: Output): { readonly table: DataTable; readonly isSampled: boolean } | undefined {
  if (!("data" in output)) return undefined;
  const { data, metadata } = output;
  const raw = Object.hasOwn(data, DATA_RESOURCE) ? data[DATA_RESOURCE] : undefined;
  const table = raw instanceof RawJson ? readDataTable(raw) : undefined;
  if (table === undefined) return undefined;
  const inner = metadata[DATA_RESOURCE];
  const isSampled = metadata["sampled"] === true || (isJsonObject(inner) && inner["sampled"] === true);
  return { table, isSampled };
}
