/**
 * The platform's database: runs, attempts, claims, leases, events and the chain of records.
 *
 * {@link openDatabase} gives a {@link Driver} over Postgres or its embedded form,
 * {@link migrate} brings it up to date, and the functions change it, each in one
 * transaction: state, event, and what follows.
 */
export { createLink, deleteLink, findLink, listLinks } from "./access/links.ts";
export type { StoredLink } from "./access/links.ts";
export { noteUse } from "./access/note-use.ts";
export { isSignedOut, noteSignOut } from "./access/sign-outs.ts";
export { createToken, deleteToken, findToken, listTokens } from "./access/tokens.ts";
export type { StoredToken } from "./access/tokens.ts";
export { advanceBackfill, openBackfills } from "./backfills/advance-backfill.ts";
export type { AdvanceBackfillOptions, AdvancedBackfill, OpenSlot } from "./backfills/advance-backfill.ts";
export type { BackfillSlot, StoredBackfill } from "./backfills/backfill-row.ts";
export { cancelBackfill, pauseBackfill, resumeBackfill } from "./backfills/change-backfills.ts";
export { createBackfill } from "./backfills/create-backfill.ts";
export type { CreatedBackfill, NewBackfill } from "./backfills/create-backfill.ts";
export { getBackfill, listBackfills, listBackfillSlots, succeededSlots } from "./backfills/read-backfills.ts";
export type { BackfillDetail } from "./backfills/read-backfills.ts";
export {
  claimMessages,
  forgetMessages,
  listMessages,
  noteSending,
  retryMessage,
} from "./deliveries/outbox.ts";
export type { ListMessagesOptions, OutboxMessage, Sending } from "./deliveries/outbox.ts";
export { OUTBOX_CHANNEL, postOverdue } from "./deliveries/post-notices.ts";
export { changeRules, readRules } from "./deliveries/rules.ts";
export type { DeliveryRule, RulesOf } from "./deliveries/rules.ts";
export type { Driver, Queries, Row, SqlValue } from "./driver/driver.ts";
export { inSavepoint } from "./driver/in-savepoint.ts";
export type { FileChange, StoredFileVersion } from "./files/file-row.ts";
export {
  dropOldSaves,
  dropUnusedBlobs,
  knownBlobKeys,
  pruneFileHistory,
  pruneOldVersions,
} from "./files/prune-versions.ts";
export {
  fileBlobKey,
  getFileVersion,
  listFileVersions,
  newestFileContent,
  newestFileVersion,
} from "./files/read-versions.ts";
export {
  beginFileSave,
  dropFileSave,
  endFileSave,
  noteDeletedFile,
  noteFoundFile,
} from "./files/save-file.ts";
export type { FileBlob, FoundFile, NewFileSave } from "./files/save-file.ts";
export { migrate } from "./migrate.ts";
export type { MigrateOptions } from "./migrate.ts";
export { openDatabase } from "./open-database.ts";
export { openPglite } from "./pglite/open-pglite.ts";
export type { PgliteOptions } from "./pglite/open-pglite.ts";
export { openPostgres } from "./postgres/open-postgres.ts";
export type { PostgresOptions } from "./postgres/open-postgres.ts";
export { addEventSlot, TRIGGER_CHANNEL } from "./events/add-event-slot.ts";
export type { AddedEvent, EventSlot } from "./events/add-event-slot.ts";
export { followEnded } from "./events/follow-ended.ts";
export { dueWatches, noteFiles } from "./events/watch-files.ts";
export type { FileEvent, SeenFile } from "./events/watch-files.ts";
export {
  isPlainWebhook,
  readWebhookSecret,
  sealWebhooks,
  setWebhookSecret,
} from "./events/webhook-secret.ts";
export type { PlainWebhook, StoredWebhook, UnsealedWebhooks } from "./events/webhook-secret.ts";
export {
  appendKernelOutputs,
  endKernel,
  forgetExecutions,
  interruptExecution,
  keptKernel,
  noteKernel,
  readKernelOutputs,
  requestExecution,
} from "./orders/kept-kernel.ts";
export type { KernelOutputs, KeptKernel } from "./orders/kept-kernel.ts";
export { liveAttempt, noteNotebook, wantNotebook } from "./orders/live-notebook.ts";
export type { LiveAttempt } from "./orders/live-notebook.ts";
export { readOrders, RUNNER_CHANNEL } from "./orders/read-orders.ts";
export type { Orders, OrdersQuery } from "./orders/read-orders.ts";
export type { Patience } from "./driver/in-batch.ts";
export { appendAttemptEvents, appendEventsOfAttempts } from "./runs/append-attempt-events.ts";
export type { Appended, AttemptEvents } from "./runs/append-attempt-events.ts";
export { READY_CHANNEL, RUN_CHANNEL } from "./runs/append-event.ts";
export type { NewEvent } from "./runs/append-event.ts";
export { cancelRun } from "./runs/cancel-run.ts";
export { countAbleRunners, strandedNeeds } from "./runs/label-needs.ts";
export { claimAttempts } from "./runs/claim-attempts.ts";
export type { ClaimedAttempt, ClaimRequest, RunnerFacts } from "./runs/claim-attempts.ts";
export { completeAttempt, completeAttempts, noteRecordFile, recordPlace } from "./runs/complete-attempt.ts";
export type { Completed, Completion } from "./runs/complete-attempt.ts";
export { countWork } from "./runs/count-work.ts";
export type { Work } from "./runs/count-work.ts";
export { expireQueue } from "./runs/expire-queue.ts";
export type { ExpireQueueOptions } from "./runs/expire-queue.ts";
export { expireLeases, graceLeases } from "./runs/expire-leases.ts";
export type { ExpireOptions, LostAttempt } from "./runs/expire-leases.ts";
export { listRuns } from "./runs/list-runs.ts";
export type { ChildrenTally, ListedRun, ListRunsOptions } from "./runs/list-runs.ts";
export { holdHistory, importRecord, lastPlace, linkImportedRun } from "./runs/import-record.ts";
export type { ImportedRecord, RunLink } from "./runs/import-record.ts";
export { giveUpClaims } from "./runs/give-up-claims.ts";
export {
  type AttemptOfEvents,
  type EventPage,
  eventPages,
  eventsOfAttempts,
  type PageSize,
} from "./runs/server-events.ts";
export type { Ending, RecordFacts, RecordForm, StoredFile } from "./runs/ending.ts";
export {
  filesOfAttempts,
  latestRecordFiles,
  listRecords,
  noteManifestsWritten,
  previousRecordHash,
  recordFiles,
  recordStates,
  unwrittenManifests,
} from "./runs/read-records.ts";
export type { RecordState, StoredRecord, UnwrittenManifest } from "./runs/read-records.ts";
export {
  eventsSince,
  getRun,
  latestSucceeded,
  listAttempts,
  runIdsAfter,
  scrapsOfRun,
} from "./runs/read-runs.ts";
export {
  databaseBytes,
  listKeptKernels,
  listRunners,
  listUnderWay,
  newestFacts,
  newestFactsOf,
  oldestReadyAt,
} from "./runs/read-status.ts";
export type { KeptKernelOfRun, RunnerState, RunUnderWay } from "./runs/read-status.ts";
export { oldRuns } from "./retention/old-runs.ts";
export type { EndedPlace, PrunablePage, PrunableRun, PrunePolicy } from "./retention/old-runs.ts";
export { childrenOfPruned } from "./retention/orphaned-children.ts";
export { noteBuried, pruneRun, unburiedRecords } from "./retention/prune-run.ts";
export type { PrunedRecord, UnburiedRecord } from "./retention/prune-run.ts";
export { oldWorkflowRuns, pruneWorkflowRun } from "./retention/prune-workflow-runs.ts";
export type { PrunableWorkflowRuns } from "./retention/prune-workflow-runs.ts";
export { surplusRuns } from "./retention/surplus-runs.ts";
export type { NotebookPlace, SurplusPage, SurplusPolicy } from "./retention/surplus-runs.ts";
export {
  isSourceUnused,
  looseFiles,
  noteLooseFiles,
  noteSourceDropped,
  noteSourceKept,
  settleLooseFiles,
  unusedSources,
  withSourceFiles,
} from "./retention/unused-sources.ts";
export type { UnusedSources } from "./retention/unused-sources.ts";
export { tokenHolder } from "./runs/live-token.ts";
export type { TokenHolder } from "./runs/live-token.ts";
export { renewLeases } from "./runs/renew-leases.ts";
export type { Holding, Renewal } from "./runs/renew-leases.ts";
export { askedWith, forgetRunners, noteRunnerLeft, runnerOf } from "./runs/runners.ts";
export type { StoredAttempt, StoredEvent, StoredRun } from "./runs/run-row.ts";
export { STATUS_CHANGED, statusEvent } from "./runs/status-event.ts";
export { submitRun, submitRuns } from "./runs/submit-run.ts";
export type { NewRun, Submitted } from "./runs/submit-run.ts";
export {
  dropIndexedDirectory,
  dropIndexedFiles,
  indexFile,
  listIndexedMarks,
  listRecentNotebooks,
  searchFiles,
} from "./search/indexed-files.ts";
export type { IndexedFile, IndexedMark, NewIndexedFile, RecentPlace } from "./search/indexed-files.ts";
export {
  deleteSecret,
  findSecrets,
  grantSecret,
  listSecrets,
  putSecret,
  resealSecrets,
  withSecretKeys,
} from "./secrets/secrets.ts";
export type { StoredSecret } from "./secrets/secrets.ts";
export { finishSweep } from "./sweeps/finish-sweep.ts";
export { importSweep } from "./sweeps/import-sweep.ts";
export type { ImportedSweep } from "./sweeps/import-sweep.ts";
export {
  childrenToCancel,
  countChildren,
  firstFailedChild,
  getSweep,
  listChildren,
  noteMetrics,
  sweepsUnderWay,
  unmeasuredChildren,
} from "./sweeps/read-sweeps.ts";
export { submitSweep } from "./sweeps/submit-sweep.ts";
export type { NewChild, NewSweep } from "./sweeps/submit-sweep.ts";
export type { StoredChild, StoredSweep } from "./sweeps/sweep-row.ts";
export { attemptTrace } from "./traces/attempt-trace.ts";
export type { AttemptTrace } from "./traces/attempt-trace.ts";
export {
  createTrigger,
  deleteTrigger,
  pauseTrigger,
  resumeTrigger,
  updateTrigger,
} from "./triggers/change-triggers.ts";
export type { NewTrigger, TriggerChange } from "./triggers/change-triggers.ts";
export type { DueSlot, RunOfSlot, SkipReason, SlotRun } from "./triggers/admit-slots.ts";
export { dueTriggers, fireTrigger, fireTriggers, nextDueTrigger } from "./triggers/fire-triggers.ts";
export type { DueTrigger, Fired, FireOptions, Firing } from "./triggers/fire-triggers.ts";
export { stallTrigger } from "./triggers/stall-trigger.ts";
export { startByHand, startSweepByHand, startWorkflowByHand } from "./triggers/start-by-hand.ts";
export type { ByHand } from "./triggers/start-by-hand.ts";
export { getTrigger, lastSlots, listSlots, listTriggers } from "./triggers/read-triggers.ts";
export { warningsOfRun } from "./runs/warnings-of-run.ts";
export { repeatedBy } from "./runs/repeated-by.ts";
export { triggerOfRun } from "./triggers/trigger-of-run.ts";
export type { TriggerOfRun } from "./triggers/trigger-of-run.ts";
export type { ListTriggersOptions } from "./triggers/read-triggers.ts";
export type { StoredSlot, StoredTrigger, TriggerDefinition, TriggerStall } from "./triggers/trigger-row.ts";
export { activateVersion, applyWorkflow, deleteWorkflow } from "./workflows/change-workflows.ts";
export type { AppliedWorkflow, WorkflowApplied } from "./workflows/change-workflows.ts";
export {
  cancelWorkflowRun,
  pauseWorkflowRun,
  restartWorkflowRun,
  resumeWorkflowRun,
} from "./workflows/control-workflow-run.ts";
export type { Asked } from "./workflows/control-workflow-run.ts";
export {
  dueWorkflowRuns,
  lookAtWorkflowRun,
  nextDueWorkflowRun,
  runsToCancel,
} from "./workflows/due-workflow-runs.ts";
export type { Advancing } from "./workflows/held-workflow-run.ts";
export {
  getWorkflowRun,
  getWorkflowRunState,
  listSteps,
  listTasks,
  listWorkflowRuns,
  workflowEventsSince,
  firstFailedRun,
  lastWorkflowRuns,
} from "./workflows/read-workflow-runs.ts";
export type { ListWorkflowRunsOptions, StoredStep, StoredTask } from "./workflows/read-workflow-runs.ts";
export {
  findWorkflow,
  getVersion,
  getWorkflow,
  listVersions,
  listWorkflows,
} from "./workflows/read-workflows.ts";
export type { PlannedVersion } from "./workflows/read-workflows.ts";
export { startWorkflowRun } from "./workflows/start-workflow-run.ts";
export type { NewWorkflowRun, WorkflowRunStarted } from "./workflows/start-workflow-run.ts";
export type {
  PlannedRun,
  Preparation,
  StepFacts,
  StepProblem,
  TaskFacts,
  TaskPlan,
  UpstreamStep,
  UpstreamTask,
  WorkflowPlan,
  WorkflowPlans,
} from "./workflows/workflow-plan.ts";
export type { StoredWorkflow, StoredWorkflowRun, StoredWorkflowVersion } from "./workflows/workflow-row.ts";
export { StoreError } from "./store-error.ts";
export type { StoreErrorCode } from "./store-error.ts";
