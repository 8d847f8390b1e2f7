/**
 * What the platform starts, when, and in which order. Plain data and pure functions.
 *
 * A trigger has slots ({@link nextSlots}); {@link decideSlots} says which of them
 * fire now, {@link admit} which workflow-runs may run, {@link advance} what a
 * workflow-run does next, {@link nextAttempt} whether what failed is tried again.
 * Runs, attempts, steps and workflow-runs move by the tables of this package.
 */
export { planBackfill, slotInterval } from "./backfill/plan-backfill.ts";
export type { BackfillOptions, BackfillRun, SlotInterval } from "./backfill/plan-backfill.ts";
export { decideSlots, dueAt, nextDueAt } from "./catch-up/catch-up.ts";
export type { CatchUpPolicy, ScheduledTrigger, SlotDecision } from "./catch-up/catch-up.ts";
export { admit } from "./concurrency/admit.ts";
export type { Admission, ConcurrencyPolicy, LiveRun } from "./concurrency/admit.ts";
export { dueNotices, NOTICE_EVENTS } from "./deliveries/due-notices.ts";
export type { NoticeEvent, NoticeFacts, NoticeRule } from "./deliveries/due-notices.ts";
export { isTimeTrigger } from "./events/event-trigger.ts";
export type {
  AfterTrigger,
  EventTrigger,
  FileTrigger,
  Trigger,
  WebhookTrigger,
} from "./events/event-trigger.ts";
export { exitClass } from "./exit-class.ts";
export { ATTEMPT_MOVES, canMove, movesTo, RUN_MOVES } from "./moves.ts";
export type { Moves } from "./moves.ts";
export { nextRunStatus } from "./next-run-status.ts";
export type { RetryFacts } from "./next-run-status.ts";
export { nextAttempt } from "./retries/next-attempt.ts";
export type { AttemptFailure, NextAttempt } from "./retries/next-attempt.ts";
export { ERROR_CLASSES, retryPolicySchema } from "./retries/retry-policy.ts";
export type { Backoff, ErrorClass, RetryPolicy } from "./retries/retry-policy.ts";
export type { RunSettings } from "./run-settings.ts";
export { FINAL_STATUSES, isFinal, RUN_STATUSES } from "./run-status.ts";
export type { AttemptStatus, FinalStatus, RunStatus } from "./run-status.ts";
export { SchedulesError } from "./schedules-error.ts";
export type { SchedulesErrorCode } from "./schedules-error.ts";
export { checkTrigger } from "./slots/check-trigger.ts";
export { nextClockChange } from "./slots/clock-change.ts";
export type { ClockChange } from "./slots/clock-change.ts";
export { describeCron, describeTrigger } from "./slots/describe-trigger.ts";
export { jitterMs } from "./slots/jitter.ts";
export type { JitterFacts } from "./slots/jitter.ts";
export { nextSlots, previousSlots, slotsAfter, slotsBackFrom, slotsBetween } from "./slots/slots.ts";
export type { SlotsBetweenOptions } from "./slots/slots.ts";
export type {
  CronTrigger,
  Instant,
  IntervalTrigger,
  OnceTrigger,
  TimeTrigger,
} from "./slots/time-trigger.ts";
export { advance, newWorkflowRun } from "./workflows/advance.ts";
export { expressionIn, expressionsOf } from "./workflows/expressions-of.ts";
export type { StepExpression } from "./workflows/expressions-of.ts";
export { readWorkflow } from "./workflows/read-workflow.ts";
export type {
  ReadWorkflow,
  ReadWorkflowOptions,
  WorkflowProblem,
  WorkflowProblemCode,
} from "./workflows/read-workflow.ts";
export { restart } from "./workflows/restart.ts";
export type { RestartFrom } from "./workflows/restart.ts";
export { MAX_ITERATIONS, MAX_STEPS, workflowSchema } from "./workflows/workflow-definition.ts";
export type { Workflow, WorkflowStep } from "./workflows/workflow-definition.ts";
export type {
  WorkflowRunCommand,
  WorkflowRunEvent,
  WorkflowRunTransition,
} from "./workflows/workflow-run-event.ts";
export { STEP_MOVES, WORKFLOW_RUN_MOVES } from "./workflows/workflow-run-state.ts";
export type {
  RunStop,
  StepReason,
  StepState,
  StepStatus,
  TaskStatus,
  WorkflowRunEnd,
  WorkflowRunState,
  WorkflowRunStatus,
} from "./workflows/workflow-run-state.ts";
