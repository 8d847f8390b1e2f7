import type { Field } from "../parameters/field.ts";
import type { SpecDraft } from "./spec-draft.ts";

/** Something that a parameter may follow: what it is called, and how it is written. */
export type SlotChoice = readonly [label: string, text: string];

/**
 * What a parameter of a schedule may follow, in place of one value for all slots: parts of the instant, as the wall
 * clock of the schedule has it, and what an event says. None for a parameter that is neither text nor a number.
 */
export function slotChoices(kind: Field["kind"], { kind: when, zone }: SpecDraft): readonly SlotChoice[] {
  const argument = when !== "cron" || zone === "UTC" ? "" : JSON.stringify(zone);
  const numbers: readonly SlotChoice[] = [
    ["its year", `trigger.slot.getFullYear(${argument})`],
    ["its month, from 1", `trigger.slot.getMonth(${argument}) + 1`],
    ["its day of the month", `trigger.slot.getDate(${argument})`],
    ["its hour", `trigger.slot.getHours(${argument})`],
  ];
  switch (kind) {
    case "integer":
      return numbers.map(([label, cel]) => [label, `\${${cel}}`]);
    case "number":
      return numbers.map(([label, cel]) => [label, `\${double(${cel})}`]);
    case "text":
      return [
        ["its day", `\${trigger.slot.date(${argument})}`],
        ["the day before", `\${(trigger.slot - duration("24h")).date(${argument})}`],
        ["its month, as 2026-03", `\${trigger.slot.date(${argument}).substring(0, 7)}`],
        ["its instant", "${string(trigger.slot)}"],
        ...(when === "file" ? [["the file", "${trigger.body.path}"] as const] : []),
        ...(when === "after" ? [["the run before it", "${trigger.body.run_id}"] as const] : []),
      ];
    default:
      return [];
  }
}
