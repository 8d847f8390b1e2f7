import type { CatchUp, Concurrency, Schedule, ScheduleSpec, UpdateSchedule } from "@notemill/api";
import { firstSpec, type SpecDraft, specDraft, specOf } from "./spec-draft.ts";

/** What a form asks for beside the parameters where it makes or changes a schedule. */
export interface SchedulePlan {
  readonly name: string;
  readonly spec: SpecDraft;
  readonly follows: Schedule["follows"];
  readonly catchUp: CatchUp["kind"];
  /** The most slots that are made good where all are. */
  readonly catchUpCap: string;
  readonly concurrency: Concurrency["kind"];
  /** The most runs at a time where they are side by side. */
  readonly parallelLimit: string;
  readonly graceSeconds: string;
  readonly jitterSeconds: string;
}

/** What is in the fields at first: what holds for a schedule that says nothing. */
export function firstPlan(name: string): SchedulePlan {
  return {
    name,
    spec: firstSpec(),
    follows: "workspace",
    catchUp: "latest",
    catchUpCap: "10",
    concurrency: "sequential",
    parallelLimit: "4",
    graceSeconds: "60",
    jitterSeconds: "0",
  };
}

/** The fields of a schedule that there is. */
export function planOf(schedule: Schedule): SchedulePlan {
  const { name, spec, follows, catch_up: catchUp, concurrency } = schedule;
  const first = firstPlan(name);
  return {
    name,
    spec: specDraft(spec),
    follows,
    catchUp: catchUp.kind,
    catchUpCap: catchUp.kind === "all" ? String(catchUp.cap) : first.catchUpCap,
    concurrency: concurrency.kind,
    parallelLimit: concurrency.kind === "parallel" ? String(concurrency.limit) : first.parallelLimit,
    graceSeconds: String(schedule.grace_seconds),
    jitterSeconds: String(schedule.max_jitter_seconds),
  };
}

/** What the server is asked for; undefined while {@link specOf} is. */
export function planRequest(
  plan: SchedulePlan,
): (Omit<UpdateSchedule, "spec"> & { readonly spec: ScheduleSpec }) | undefined {
  const spec = specOf(plan.spec);
  if (spec === undefined) return undefined;
  return {
    name: plan.name.trim(),
    spec,
    catch_up: plan.catchUp === "all" ? { kind: "all", cap: Number(plan.catchUpCap) } : { kind: plan.catchUp },
    concurrency:
      plan.concurrency === "parallel"
        ? { kind: "parallel", limit: Number(plan.parallelLimit) }
        : { kind: plan.concurrency },
    grace_seconds: Number(plan.graceSeconds),
    max_jitter_seconds: Number(plan.jitterSeconds),
  };
}
