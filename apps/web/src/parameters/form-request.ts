import type { RawJson } from "@notemill/json";
import type { SchedulePlan } from "../schedules/schedule-plan.ts";
import type { FormKind } from "./form-reading.ts";

/** What a form asks the server for. */
export interface FormRequest {
  readonly parameters: RawJson;
  readonly keep_kernel_ms: number;
  /** The most memory in bytes; null for no limit. */
  readonly memory_bytes: number | null;
  /** The name of an environment; left out for what the notebook says. */
  readonly environment?: string;
}

/** The values of a form where there are many. */
export interface FormSweep {
  readonly grid: RawJson;
  readonly mode: "product" | "zip";
  readonly concurrency: number;
}

/** What a form asks for where it makes or changes a schedule. */
export interface ScheduleRequest {
  readonly run: FormRequest;
  readonly plan: SchedulePlan;
  readonly sweep: FormSweep | null;
  /** Mail addresses with commas, for those who are told when a run fails. May be empty. */
  readonly mailTo: string;
}

/** How a form makes or changes a schedule. */
export interface Scheduling {
  /** What is in the fields about the schedule at first. */
  readonly plan: SchedulePlan;
  /** Whether the form makes one, or starts runs now. */
  readonly when: FormKind["when"];
  /** What changes that; null for a form that is about a schedule only. */
  readonly onWhen: ((when: FormKind["when"]) => void) | null;
  /** What is on the button. */
  readonly label: string;
  /** Makes or changes it. Rejects with what is wrong. */
  readonly save: (request: ScheduleRequest) => Promise<void>;
}
