import type { ReactNode } from "react";
import type { Field } from "../parameters/field.ts";
import { slotChoices } from "./slot-choices.ts";
import { readSlotExpression } from "./slot-expression.ts";
import type { SpecDraft } from "./spec-draft.ts";

/** Chooses what a parameter follows from slot to slot, if anything; what is chosen can be seen and changed in its field. */
export function SlotField({
  field: { name, kind, initial },
  spec,
  text,
  onChange,
}: {
  readonly field: Pick<Field, "name" | "kind" | "initial">;
  readonly spec: SpecDraft;
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const choices = slotChoices(kind, spec);
  if (choices.length === 0) return null;
  const isExpression = readSlotExpression(text) !== undefined;
  const isOwn = isExpression && !choices.some(([, it]) => it === text);
  return (
    <p className="field-help slot-field">
      In each slot{" "}
      <select
        aria-label={`What ${name} is in each slot`}
        value={isExpression ? text : ""}
        onChange={({ target }) => onChange(target.value === "" ? initial : target.value)}
      >
        <option value="">the same</option>
        {choices.map(([label, it]) => (
          <option key={it} value={it}>
            {label}
          </option>
        ))}
        {isOwn && <option value={text}>what the expression says</option>}
      </select>
    </p>
  );
}
