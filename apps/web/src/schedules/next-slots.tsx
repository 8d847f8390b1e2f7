import type { ClockChange, NextSlot } from "@notemill/api";
import type { RawJson } from "@notemill/json";
import type { ReactNode } from "react";
import { Problem } from "../shell/problem.tsx";
import { planProblems } from "./plan-problems.ts";
import { slotValues } from "./slot-expression.ts";
import type { Previewed } from "./use-preview.ts";

interface PreviewedSlotsProps {
  readonly previewed: Previewed;
  /** Those of the schedule; what follows the slot is shown with each. Default: none. */
  readonly parameters?: RawJson;
}

/** A spec in words, with its next slots and what their runs get; or what is wrong where no field shows it. */
export function PreviewedSlots({
  previewed: { preview, error },
  parameters,
}: PreviewedSlotsProps): ReactNode {
  return (
    <section aria-label="Next slots" aria-live="polite">
      {error !== null && planProblems(error).size === 0 && <Problem error={error} />}
      {preview !== undefined && (
        <>
          <p>{preview.in_words}</p>
          <SlotsToCome slots={preview.next_slots} parameters={parameters} change={preview.clock_change} />
        </>
      )}
    </section>
  );
}

interface SlotsToComeProps {
  readonly slots: readonly NextSlot[];
  readonly parameters: RawJson | undefined;
  readonly change: ClockChange;
}

/** Slots to come, on the wall clock of their time zone, and what the next change of that clock does. */
export function SlotsToCome({ slots, parameters, change }: SlotsToComeProps): ReactNode {
  return (
    <>
      <ol className="slots">
        {slots.map(({ slot, local, parameters: resolved }) => (
          <li key={slot}>
            {local.replace("T", " ")}
            {slotValues(parameters, resolved).map(([name, text]) => (
              <span className="where" key={name}>
                {name} {text}
              </span>
            ))}
          </li>
        ))}
      </ol>
      {change !== null && <p className="clock-change">{change.in_words}</p>}
    </>
  );
}
