/**
 * The HTTP API as schemas: what is sent, what comes back, and the OpenAPI document of it.
 *
 * Values that the platform does not read are `RawJson` and travel as text:
 * {@link parseWireJson} and {@link encodeWireJson} are the only way in and out.
 */
export {
  backfillPageSchema,
  backfillPlanSchema,
  backfillSchema,
  backfillSlotPageSchema,
  createBackfillSchema,
  createdBackfillSchema,
  listBackfillSlotsSchema,
  listBackfillsSchema,
} from "./backfill.ts";
export type {
  Backfill,
  BackfillPage,
  BackfillPlan,
  BackfillSlotPage,
  CreateBackfill,
  CreatedBackfill,
} from "./backfill.ts";
export {
  deliveryPageSchema,
  deliveryRuleSchema,
  deliveryRulesSchema,
  deliverySchema,
  listDeliveriesSchema,
} from "./delivery.ts";
export type { AskedDeliveryRule, Delivery, DeliveryPage, DeliveryRules } from "./delivery.ts";
export { openapiDocument } from "./openapi-document.ts";
export { eventsQuerySchema } from "./events-query.ts";
export { OPERATIONS } from "./operations.ts";
export { recordFileNameSchema, verifyQuerySchema } from "./record-operations.ts";
export { latestOutputQuerySchema } from "./run-operations.ts";
export { fenceQuerySchema, recordFileQuerySchema, sourceFileQuerySchema } from "./runner-operations.ts";
export type { Operation } from "./operation.ts";
export {
  attemptEventsAnswerSchema,
  attemptEventsSchema,
  claimAnswerSchema,
  claimSchema,
  completeSchema,
  heartbeatAnswerSchema,
  heartbeatSchema,
  leaveSchema,
  sourceSchema,
} from "./runner-protocol.ts";
export type {
  AttemptEvents,
  AttemptFacts,
  Claim,
  ClaimAnswer,
  ClaimedAttempt,
  Complete,
  Heartbeat,
  HeartbeatAnswer,
  Source,
} from "./runner-protocol.ts";
export {
  executeCodeSchema,
  executionOutputsSchema,
  executionResultSchema,
  keptKernelSchema,
  ordersQuerySchema,
  ordersSchema,
  resumeRunSchema,
} from "./runner-orders.ts";
export type {
  ExecuteCode,
  ExecutionOutputs,
  ExecutionResult,
  KeptKernel,
  Orders,
  OrdersQuery,
  ResumeRun,
} from "./runner-orders.ts";
export {
  listedRunSchema,
  listRunsSchema,
  rerunRunSchema,
  runDetailSchema,
  runEventSchema,
  runPageSchema,
  runSchema,
  startedRunSchema,
  submitRunSchema,
} from "./run.ts";
export type {
  Attempt,
  Failure,
  ListedRun,
  RerunRun,
  Run,
  RunDetail,
  RunEvent,
  RunPage,
  StartedRun,
  SubmitRun,
} from "./run.ts";
export type { ParameterWarning } from "./parameter-warning.ts";
export {
  deleteFileSchema,
  diffFileSchema,
  fileContentSchema,
  fileDiffSchema,
  filePageSchema,
  filePathSchema,
  fileSchema,
  fileVersionPageSchema,
  listFilesSchema,
  listVersionsSchema,
  makeDirectorySchema,
  restoreFileSchema,
  transferFilesSchema,
  transferredSchema,
} from "./file.ts";
export type {
  File,
  FileDiff,
  FilePage,
  FileVersion,
  FileVersionPage,
  RestoreFile,
  TransferFiles,
  Transferred,
} from "./file.ts";
export { runCheckSchema } from "./run-check.ts";
export type { RunCheck } from "./run-check.ts";
export { prunedSchema, pruneSchema, retentionQuerySchema, retentionSchema } from "./retention.ts";
export type { Prune, Pruned, Retention } from "./retention.ts";
export {
  createScheduleSchema,
  listSchedulesSchema,
  pauseScheduleSchema,
  savedScheduleSchema,
  scheduleDetailSchema,
  schedulePageSchema,
  scheduleSchema,
  updateScheduleSchema,
} from "./schedule.ts";
export { scheduleDiffSchema } from "./schedule-diff.ts";
export {
  listSlotsSchema,
  previewScheduleSchema,
  runScheduleSchema,
  schedulePreviewSchema,
  scheduleRunSchema,
  slotPageSchema,
} from "./schedule-slot.ts";
export { webhookSecretSchema } from "./webhook.ts";
export type {
  CreateSchedule,
  ListedSchedule,
  PauseSchedule,
  SavedSchedule,
  Schedule,
  ScheduleDetail,
  SchedulePage,
  UpdateSchedule,
} from "./schedule.ts";
export type { CellChange, ScheduleDiff } from "./schedule-diff.ts";
export type {
  ClockChange,
  NextSlot,
  PreviewSchedule,
  RunSchedule,
  SchedulePreview,
  ScheduleRun,
  Slot,
  SlotPage,
} from "./schedule-slot.ts";
export type { CatchUp, Concurrency, ScheduleSpec } from "./schedule-spec.ts";
export type { WebhookSecret } from "./webhook.ts";
export { askStatusSchema, serverStatusSchema } from "./status.ts";
export type { ServerStatus, StoreState } from "./status.ts";
export {
  backupSchema,
  healthSchema,
  problemSchema,
  readinessSchema,
  runRecordsSchema,
  verificationSchema,
} from "./server-resources.ts";
export type { Backup, Health, Problem, Readiness, RunRecords, Verification } from "./server-resources.ts";
export {
  environmentDetailSchema,
  environmentInputSchema,
  environmentListSchema,
  environmentSchema,
} from "./environment.ts";
export type { Environment, EnvironmentDetail, EnvironmentInput, EnvironmentList } from "./environment.ts";
export { runnerLabelSchema, completeSettings, DEFAULT_SETTINGS, runSettingsSchema } from "./run-settings.ts";
export type { AskedSettings, RunSettings } from "./run-settings.ts";
export { artifactListSchema, artifactQuerySchema, artifactsQuerySchema } from "./artifact.ts";
export type { ArtifactList } from "./artifact.ts";
export {
  retrySweepSchema,
  scheduledSweepSchema,
  submitSweepSchema,
  sweepPageSchema,
  sweepQuerySchema,
} from "./sweep.ts";
export type { RetrySweep, ScheduledSweep, SubmitSweep, SweepChild, SweepPage } from "./sweep.ts";
export {
  activateWorkflowSchema,
  appliedWorkflowSchema,
  applyWorkflowSchema,
  exportWorkflowSchema,
  listedWorkflowSchema,
  listWorkflowRunsSchema,
  listWorkflowsSchema,
  listWorkflowTasksSchema,
  listWorkflowVersionsSchema,
  restartWorkflowRunSchema,
  startWorkflowSchema,
  workflowDetailSchema,
  workflowPageSchema,
  workflowRunChangeSchema,
  workflowRunDetailSchema,
  workflowRunEventSchema,
  workflowRunPageSchema,
  workflowRunSchema,
  workflowSchema,
  workflowTaskPageSchema,
  workflowVersionPageSchema,
  workflowVersionSchema,
} from "./workflow.ts";
export type {
  ActivateWorkflow,
  AppliedWorkflow,
  ApplyWorkflow,
  ListedWorkflow,
  RestartWorkflowRun,
  StartWorkflow,
  Workflow,
  WorkflowDetail,
  WorkflowPage,
  WorkflowRun,
  WorkflowRunChange,
  WorkflowRunDetail,
  WorkflowRunEvent,
  WorkflowRunPage,
  WorkflowStep,
  WorkflowTask,
  WorkflowTaskPage,
  WorkflowVersion,
  WorkflowVersionPage,
} from "./workflow.ts";
export {
  grantSecretSchema,
  listSecretsSchema,
  putSecretSchema,
  rotationSchema,
  SECRET_NAME,
  secretPageSchema,
  secretSchema,
} from "./secret.ts";
export type { KeyRotation, Secret, SecretPage } from "./secret.ts";
export { createdLinkSchema, createLinkSchema, linkPageSchema, linkSchema, listLinksSchema } from "./link.ts";
export type { CreatedLink, CreateLink, Link, LinkPage } from "./link.ts";
export { isScopeEnough, neededScope } from "./needed-scope.ts";
export type { NeededScope } from "./needed-scope.ts";
export { readTableSchema, tableFiltersSchema, tablePageSchema } from "./table.ts";
export type { TableFilters, TablePage } from "./table.ts";
export { foundFileSchema, foundFilesSchema, searchFilesSchema } from "./search.ts";
export type { FoundFile, FoundFiles } from "./search.ts";
export {
  createFileUrlSchema,
  createFrameUrlSchema,
  createOutputUrlSchema,
  outputFrameSchema,
  outputUrlSchema,
} from "./output-url.ts";
export type { CreateOutputUrl, OutputFrame, OutputUrl } from "./output-url.ts";
export { sessionSchema, signInSchema } from "./session.ts";
export type { Session } from "./session.ts";
export {
  createdTokenSchema,
  createTokenSchema,
  listTokensSchema,
  tokenPageSchema,
  tokenSchema,
} from "./token.ts";
export type { CreatedToken, CreateToken, Token, TokenPage, TokenScope } from "./token.ts";
export { encodeWireJson, MOST_SENT_LEVELS, parseWireJson } from "./wire-json.ts";
