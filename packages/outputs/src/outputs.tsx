import { joinStreams, type NotebookRenderer } from "@notemill/html-export";
import type { Output } from "@notemill/nbformat";
import { memo, type ReactNode, useMemo } from "react";
import { ActiveOutput } from "./active-output.tsx";
import { activePart } from "./active-part.ts";
import { Markup } from "./markup.tsx";

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
  const html = useMemo(() => render([output]), [output, render]);
  const part = useMemo(() => activePart(output), [output]);
  const markup = html === "" ? null : <Markup html={html} />;
  return part === undefined ? markup : <ActiveOutput part={part}>{markup}</ActiveOutput>;
});
