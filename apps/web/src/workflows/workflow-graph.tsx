import type { WorkflowStep } from "@notemill/api";
import { type ReactNode, useId, useMemo, useRef } from "react";
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
/** How much higher boxes are where one of them has a third line. */
const LINE = 19;
/** Steps that stand below each other share what room there is, and have no less than this. */
const LEAST_WIDTH = 128;
const GAP = { along: 56, across: 20 };
const FIRST_WIDTH = 900;
/** Where the place is narrower than this, steps stand below each other. */
const NARROW = 560;

/** Draws the steps of a workflow, each behind what it waits for. */
export function WorkflowGraph({ steps, states, chosen = null, onChoose }: WorkflowGraphProps): ReactNode {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const room = useWidth(place, FIRST_WIDTH);
  const isDown = room < NARROW;
  const layout = useMemo(() => layOutGraph(steps), [steps]);
  const box = {
    width: isDown ? sharedWidth(room, layout.breadth) : BOX.width,
    height: BOX.height + (steps.some(({ rule }) => rule !== null) ? LINE : 0),
  };
  const along = (isDown ? box.height : box.width) + (isDown ? GAP.along / 2 : GAP.along);
  const across = (isDown ? box.width : box.height) + GAP.across;
  const spot = ({ depth, place: at }: Pick<PlacedStep, "depth" | "place">): Spot =>
    isDown ? { x: at * across, y: depth * along } : { x: depth * along, y: at * across };
  const spots = new Map(layout.steps.map((it) => [it.key, spot(it)]));
  const length = Math.max(0, layout.depth - 1) * along + (isDown ? box.height : box.width);
  const breadth = Math.max(0, layout.breadth * across - GAP.across);
  const size = isDown ? { width: breadth, height: length } : { width: length, height: breadth };
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
          {layout.edges.map(({ from, to, through }) => (
            <path
              key={`${from} ${to}`}
              data-status={states?.get(from)?.status}
              d={edge([spots.get(from), ...through.map(spot), spots.get(to)], { box, isDown })}
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
                  describedBy={`${id}-${key}`}
                />
                {step.dependsOn.length > 0 && (
                  <span className="unseen" id={`${id}-${key}`}>
                    waits for {step.dependsOn.join(", ")}
                  </span>
                )}
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
  describedBy,
}: {
  readonly step: DefinitionStep;
  readonly state: WorkflowStep | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (() => void) | undefined;
  /** The id of what says for what it waits. */
  readonly describedBy: string;
}): ReactNode {
  const { key, type, about, isForeach, rule, dependsOn } = step;
  const done = state?.tasks_by_status.succeeded ?? 0;
  const note = state === undefined ? about.split("/").at(-1) : stateWord(state);
  const shown = (
    <>
      <span className="step-key">{key}</span>
      <span className="step-note">
        {note === "" || note === undefined ? type : note}
        {isForeach && (state === undefined ? " · foreach" : ` · ${done}/${state.tasks}`)}
      </span>
      {rule !== null && <span className="step-rule">{rule}</span>}
    </>
  );
  const attributes = { className: "graph-step", "data-status": state?.status ?? "none", title: about };
  if (onChoose === undefined) return <span {...attributes}>{shown}</span>;
  return (
    <button
      type="button"
      {...attributes}
      aria-pressed={isChosen}
      {...(dependsOn.length > 0 ? { "aria-describedby": describedBy } : {})}
      onClick={onChoose}
    >
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

/** A place in the drawing, in CSS pixels. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The way from the end of the first box to the beginning of the last one, through the lanes between. */
function edge(
  [first, ...rest]: readonly (Spot | undefined)[],
  { box, isDown }: { readonly box: typeof BOX; readonly isDown: boolean },
): string {
  const last = rest.pop();
  if (first === undefined || last === undefined) return "";
  const along = isDown ? box.height : box.width;
  const middle = (isDown ? box.width : box.height) / 2;
  // As how far along and how far across; a lane is as long as a box, and half a gap before its place.
  const turned = ({ x, y }: Spot): readonly [number, number] => (isDown ? [y, x] : [x, y]);
  const [from, to] = [turned(first), turned(last)];
  const lanes = rest.flatMap((it) => (it === undefined ? [] : [turned(it)]));
  const written = (a: number, b: number): string => (isDown ? `${b} ${a}` : `${a} ${b}`);
  let [a, b] = [from[0] + along, from[1] + middle];
  let path = `M${written(a, b)}`;
  const curve = (toA: number, toB: number): void => {
    const half = (toA - a) / 2;
    path += `C${written(a + half, b)} ${written(toA - half, toB)} ${written(toA, toB)}`;
    [a, b] = [toA, toB];
  };
  for (const [laneA, laneB] of lanes) {
    curve(laneA, laneB - GAP.across / 2);
    a += along;
    path += `L${written(a, b)}`;
  }
  curve(to[0], to[1] + middle);
  return path;
}
