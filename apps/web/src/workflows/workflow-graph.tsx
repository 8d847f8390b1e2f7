import type { WorkflowStep } from "@notemill/api";
import { type ReactNode, useMemo, useRef } from "react";
import { useWidth } from "../shell/use-width.ts";
import type { DefinitionStep } from "./definition-steps.ts";
import { layOutGraph, type PlacedStep } from "./graph-layout.ts";

interface WorkflowGraphProps {
  readonly steps: readonly DefinitionStep[];
  /** Where the steps of a workflow-run are; without it, only the workflow is drawn. */
  readonly states?: ReadonlyMap<string, WorkflowStep>;
  readonly chosen?: string | null;
  /** Is called when somebody chooses a step. Default: steps cannot be chosen. */
  readonly onChoose?: (key: string) => void;
}

const BOX = { width: 176, height: 56 };
/** Steps that stand below each other share what room there is, and have no less than this. */
const LEAST_WIDTH = 128;
const GAP = { along: 56, across: 20 };
const FIRST_WIDTH = 900;
/** Where the place is narrower than this, steps stand below each other. */
const NARROW = 560;

/** Draws the steps of a workflow, each behind what it waits for. */
export function WorkflowGraph({ steps, states, chosen = null, onChoose }: WorkflowGraphProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const room = useWidth(place, FIRST_WIDTH);
  const isDown = room < NARROW;
  const layout = useMemo(() => layOutGraph(steps), [steps]);
  const box = isDown ? { ...BOX, width: sharedWidth(room, layout.breadth) } : BOX;
  const along = (isDown ? box.height : box.width) + (isDown ? GAP.along / 2 : GAP.along);
  const across = (isDown ? box.width : box.height) + GAP.across;
  const spot = ({ depth, place: at }: PlacedStep): { readonly x: number; readonly y: number } =>
    isDown ? { x: at * across, y: depth * along } : { x: depth * along, y: at * across };
  const spots = new Map(layout.steps.map((it) => [it.key, spot(it)]));
  const size = {
    width: Math.max(0, ...[...spots.values()].map(({ x }) => x)) + box.width,
    height: Math.max(0, ...[...spots.values()].map(({ y }) => y)) + box.height,
  };
  const byKey = new Map(steps.map((step) => [step.key, step]));
  return (
    <div
      className="graph-place"
      ref={place}
      role="region"
      aria-label="Steps and what each waits for"
      tabIndex={0}
    >
      <div className="graph" style={size}>
        <svg width={size.width} height={size.height} aria-hidden="true">
          {layout.edges.map(({ from, to }) => (
            <path
              key={`${from} ${to}`}
              data-status={states?.get(from)?.status}
              d={edge(spots.get(from), spots.get(to), { box, isDown })}
            />
          ))}
        </svg>
        <ol>
          {layout.steps.map(({ key }) => {
            const step = byKey.get(key);
            const at = spots.get(key) ?? { x: 0, y: 0 };
            if (step === undefined) return null;
            return (
              <li key={key} style={{ left: at.x, top: at.y, width: box.width, height: box.height }}>
                <Step
                  step={step}
                  state={states?.get(key)}
                  isChosen={chosen === key}
                  onChoose={onChoose === undefined ? undefined : () => onChoose(key)}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function Step({
  step,
  state,
  isChosen,
  onChoose,
}: {
  readonly step: DefinitionStep;
  readonly state: WorkflowStep | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (() => void) | undefined;
}): ReactNode {
  const { key, type, about, isForeach } = step;
  const done = state?.tasks_by_status.succeeded ?? 0;
  const note = state === undefined ? about.split("/").at(-1) : stateWord(state);
  const shown = (
    <>
      <span className="step-key">{key}</span>
      <span className="step-note">
        {note === "" || note === undefined ? type : note}
        {isForeach && (state === undefined ? " · foreach" : ` · ${done}/${state.tasks}`)}
      </span>
    </>
  );
  const attributes = { className: "graph-step", "data-status": state?.status ?? "none", title: about };
  if (onChoose === undefined) return <span {...attributes}>{shown}</span>;
  return (
    <button type="button" {...attributes} aria-pressed={isChosen} onClick={onChoose}>
      {shown}
    </button>
  );
}

/** What the state of a step is called. */
export function stateWord({ status }: Pick<WorkflowStep, "status">): string {
  return `${status.charAt(0).toUpperCase()}${status.slice(1).replaceAll("_", " ")}`;
}

/** How wide each of so many boxes is that stand beside each other. */
function sharedWidth(room: number, boxes: number): number {
  const share = Math.floor((room - (boxes - 1) * GAP.across) / Math.max(1, boxes));
  return Math.min(BOX.width, Math.max(LEAST_WIDTH, share));
}

function edge(
  from: { readonly x: number; readonly y: number } | undefined,
  to: { readonly x: number; readonly y: number } | undefined,
  { box, isDown }: { readonly box: typeof BOX; readonly isDown: boolean },
): string {
  if (from === undefined || to === undefined) return "";
  const [x1, y1] = isDown
    ? [from.x + box.width / 2, from.y + box.height]
    : [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = isDown ? [to.x + box.width / 2, to.y] : [to.x, to.y + box.height / 2];
  const half = isDown ? (y2 - y1) / 2 : (x2 - x1) / 2;
  return isDown
    ? `M${x1} ${y1}C${x1} ${y1 + half} ${x2} ${y2 - half} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`;
}
