import { type ExecutionResult, executionResultSchema } from "@notemill/api";
import { readEventStream } from "./event-stream.ts";
import { type ClientOptions, readAnswer } from "./send-request.ts";

/** What comes of code in a kept kernel; `result` is the last. */
export type ExecutionEvent =
  /** An output, as notebooks have it, as JSON. */
  | { readonly type: "output"; readonly output: string }
  | { readonly type: "result"; readonly result: ExecutionResult };

/** Executes code in the kernel that was kept for a run. Aborting interrupts it. */
export async function* executeCode(
  options: ClientOptions,
  runId: string,
  code: string,
  signal?: AbortSignal,
): AsyncGenerator<ExecutionEvent> {
  const path = `/runs/${encodeURIComponent(runId)}/kernel/execute`;
  const request = { method: "POST", path, body: { code }, signal } as const;
  for await (const { event, data } of readEventStream(options, request, "result")) {
    if (event === "output") yield { type: "output", output: data };
    if (event === "result")
      yield { type: "result", result: readAnswer(data, executionResultSchema, options.serverUrl) };
  }
}
