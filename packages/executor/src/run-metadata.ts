import { hostname } from "node:os";
import type { JsonObject } from "@notemill/json";
import { type KeptKernel, keptKernelMetadata } from "./kept-kernel.ts";
import { MESSAGE_LENGTH, type RunFailure } from "./run-failure.ts";
import type { RunStatus } from "./run-status.ts";
import { shortened } from "./shortened.ts";
import { NOTEMILL_VERSION } from "./version.ts";

/**
 * The value of `metadata.notemill` in an output notebook: what papermill's
 * metadata has no word for. See docs/reference/output-notebook.md.
 */
export function runMetadata(run: {
  readonly runId: string;
  readonly sourceSha256: string;
  readonly status: RunStatus;
  readonly failure?: RunFailure | undefined;
  readonly keptKernel?: KeptKernel | undefined;
}): JsonObject {
  const { runId, sourceSha256, status, failure, keptKernel } = run;
  return {
    run_id: runId,
    source_sha256: sourceSha256,
    status,
    version: NOTEMILL_VERSION,
    ...(status === "running" ? { process: thisProcess() } : {}),
    ...(failure === undefined ? {} : { failure: failureMetadata(failure) }),
    ...(keptKernel === undefined ? {} : { kernel: keptKernelMetadata(keptKernel) }),
  };
}

/** Names the process that writes the file, so that a later look can tell whether it still lives. */
function thisProcess(): JsonObject {
  return { host: hostname(), pid: process.pid, started: new Date(performance.timeOrigin).toISOString() };
}

function failureMetadata({ code, message, cell_id, ename, evalue }: RunFailure): JsonObject {
  return {
    code,
    message,
    ...(cell_id === undefined ? {} : { cell_id }),
    ...(ename === undefined ? {} : { ename }),
    ...(evalue === undefined ? {} : { evalue: shortened(evalue, MESSAGE_LENGTH) }),
  };
}
