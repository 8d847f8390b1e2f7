/** A typed client of the HTTP API, for people's programs and for runners. */
export type { BackfillClient } from "./backfill-client.ts";
export { ClientError, isServerAway, ServerProblem } from "./client-error.ts";
export type { ClientErrorCode } from "./client-error.ts";
export type { DeliveryClient, ListDeliveriesQuery } from "./delivery-client.ts";
export type { EnvironmentClient } from "./environment-client.ts";
export type { ExecutionEvent } from "./execute-code.ts";
export type { FileClient, FileCondition, FileDownload } from "./file-client.ts";
export type { FollowOptions } from "./follow-run.ts";
export { createClient, createRunnerClient } from "./platform-client.ts";
export type { CallOptions, ListRunsQuery, PlatformClient, RunnerClient } from "./platform-client.ts";
export type { ScheduleClient } from "./schedule-client.ts";
export type { WorkflowClient } from "./workflow-client.ts";
export { verifyAll } from "./verify-all.ts";
export type { Answer, Send, SentRequest } from "./send.ts";
export type { ApiRequest, ClientOptions } from "./send-request.ts";
