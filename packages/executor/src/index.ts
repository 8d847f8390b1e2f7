/**
 * Runs notebook documents.
 *
 * {@link runNotebook} is the whole of it: it reads a source, injects parameters,
 * executes the cells in a kernel, and keeps an output notebook that is a valid
 * document and tells the truth at every moment.
 */
export { systemClock } from "./clock.ts";
export type { Clock } from "./clock.ts";
export { ExecutorError } from "./executor-error.ts";
export type { ExecutorErrorCode } from "./executor-error.ts";
export { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
export type { OutputLimits } from "./output-limits.ts";
export type {
  CellFinished,
  CellOutput,
  CellStarted,
  KernelReady,
  RunEvent,
  RunFinished,
  RunStarted,
  RunWarned,
  RunWarningCode,
} from "./run-event.ts";
export type { RunFailure } from "./run-failure.ts";
export { isOutputMessage, outputOf } from "./output-of-message.ts";
export type { OutputMessage } from "./output-of-message.ts";
export { runNotebook } from "./run-notebook.ts";
export type { RunEnvironment, RunNotebookOptions, RunOutcome } from "./run-options.ts";
export type { RunStatus } from "./run-status.ts";
export { statusInWords } from "./status-in-words.ts";
export { runSweep } from "./sweep/run-sweep.ts";
export type { SweepChild, SweepEvent, SweepOptions, SweepOutcome } from "./sweep/sweep-options.ts";
export { readSource } from "./read-source.ts";
export type { RunSource } from "./read-source.ts";
export { shellWord } from "./shell-word.ts";
export { shortened } from "./shortened.ts";
export { NOTEMILL_VERSION } from "./version.ts";
export { chooseKernel, readKernelChoice } from "./kernel-choice.ts";
export type { KernelChoice } from "./kernel-choice.ts";
export { readLiveOutput } from "./read-live-output.ts";
export { recoverOutput } from "./recover-output.ts";
export type { RecoveredOutput } from "./recover-output.ts";
export { resumeNotebook } from "./resume-notebook.ts";
export type { ResumeNotebookOptions } from "./resume-notebook.ts";
export type { KeptKernel } from "./kept-kernel.ts";
export { createMessageFilter } from "./redact/message-filter.ts";
export type { MessageFilter } from "./redact/message-filter.ts";
export { createRedactor } from "./redact/redactor.ts";
export type { Redactor } from "./redact/redactor.ts";
export type { KnownSecret } from "./redact/secret-forms.ts";
