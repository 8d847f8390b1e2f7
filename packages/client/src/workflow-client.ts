import {
  type AppliedWorkflow,
  appliedWorkflowSchema,
  type ApplyWorkflow,
  type RestartWorkflowRun,
  type StartWorkflow,
  type Workflow,
  type WorkflowDetail,
  workflowDetailSchema,
  type WorkflowPage,
  workflowPageSchema,
  type WorkflowRun,
  type WorkflowRunChange,
  type WorkflowRunDetail,
  workflowRunDetailSchema,
  type WorkflowRunEvent,
  workflowRunEventSchema,
  type WorkflowRunPage,
  workflowRunPageSchema,
  workflowRunSchema,
  workflowSchema,
  type WorkflowTaskPage,
  workflowTaskPageSchema,
  type WorkflowVersion,
  type WorkflowVersionPage,
  workflowVersionPageSchema,
  workflowVersionSchema,
} from "@notemill/api";
import { type FollowOptions, followEvents } from "./follow-run.ts";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about workflows. Every function throws as `sendRequest` does. */
export interface WorkflowClient {
  applyWorkflow(workflow: ApplyWorkflow, options?: CallOptions): Promise<AppliedWorkflow>;
  listWorkflows(
    query?: {
      readonly name?: string | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    },
    options?: CallOptions,
  ): Promise<WorkflowPage>;
  getWorkflow(id: string, options?: CallOptions): Promise<WorkflowDetail>;
  deleteWorkflow(id: string, options?: CallOptions): Promise<void>;
  listWorkflowVersions(
    id: string,
    query?: { readonly before?: number | undefined; readonly limit?: number | undefined },
    options?: CallOptions,
  ): Promise<WorkflowVersionPage>;
  getWorkflowVersion(id: string, version: number, options?: CallOptions): Promise<WorkflowVersion>;
  /** Makes another version the active one. */
  activateWorkflow(id: string, version: number, options?: CallOptions): Promise<Workflow>;
  /** A version, by default the active one, as YAML. */
  exportWorkflow(id: string, query?: { readonly version?: number }, options?: CallOptions): Promise<string>;
  startWorkflow(
    id: string,
    body?: StartWorkflow,
    options?: CallOptions & { readonly idempotencyKey?: string },
  ): Promise<WorkflowRun>;
  listWorkflowRuns(
    query?: {
      readonly workflow?: string | undefined;
      readonly status?: string | undefined;
      readonly id_end?: string | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    },
    options?: CallOptions,
  ): Promise<WorkflowRunPage>;
  getWorkflowRun(id: string, options?: CallOptions): Promise<WorkflowRunDetail>;
  /** The runs and waits of a workflow-run, or of one of its steps. */
  listWorkflowTasks(
    id: string,
    query?: { readonly step?: string; readonly after?: string; readonly limit?: number },
    options?: CallOptions,
  ): Promise<WorkflowTaskPage>;
  followWorkflowRun(id: string, options?: FollowOptions): AsyncIterable<WorkflowRunEvent>;
  cancelWorkflowRun(id: string, body?: WorkflowRunChange, options?: CallOptions): Promise<WorkflowRun>;
  pauseWorkflowRun(id: string, body?: WorkflowRunChange, options?: CallOptions): Promise<WorkflowRun>;
  resumeWorkflowRun(id: string, body?: WorkflowRunChange, options?: CallOptions): Promise<WorkflowRun>;
  restartWorkflowRun(id: string, body: RestartWorkflowRun, options?: CallOptions): Promise<WorkflowRun>;
}

/** Makes the part of a client that is about workflows. */
export function createWorkflowClient(server: ClientOptions): WorkflowClient {
  const workflow = (id: string): string => `/workflows/${encodeURIComponent(id)}`;
  const run = (id: string): string => `/workflow-runs/${encodeURIComponent(id)}`;
  const get = (path: string, query: Query | undefined, options: CallOptions | undefined) =>
    ({ method: "GET", path, ...(query ? { query } : {}), ...options }) as const;
  const change = (id: string, verb: string, body: unknown, options?: CallOptions): Promise<WorkflowRun> =>
    sendForJson(server, { method: "POST", path: `${run(id)}/${verb}`, body, ...options }, workflowRunSchema);
  return {
    applyWorkflow: (body, options) =>
      sendForJson(server, { method: "POST", path: "/workflows", body, ...options }, appliedWorkflowSchema),
    listWorkflows: (query, options) =>
      sendForJson(server, get("/workflows", query, options), workflowPageSchema),
    getWorkflow: (id, options) =>
      sendForJson(server, get(workflow(id), undefined, options), workflowDetailSchema),
    async deleteWorkflow(id, options) {
      await sendRequest(server, { method: "DELETE", path: workflow(id), ...options });
    },
    listWorkflowVersions: (id, query, options) =>
      sendForJson(server, get(`${workflow(id)}/versions`, query, options), workflowVersionPageSchema),
    getWorkflowVersion: (id, version, options) =>
      sendForJson(
        server,
        get(`${workflow(id)}/versions/${version}`, undefined, options),
        workflowVersionSchema,
      ),
    activateWorkflow: (id, version, options) =>
      sendForJson(
        server,
        { method: "POST", path: `${workflow(id)}/activate`, body: { version }, ...options },
        workflowSchema,
      ),
    async exportWorkflow(id, query, options) {
      return (await sendRequest(server, get(`${workflow(id)}/definition`, query, options))).text();
    },
    startWorkflow: (id, body = {}, { idempotencyKey, ...options } = {}) =>
      sendForJson(
        server,
        {
          method: "POST",
          path: `${workflow(id)}/runs`,
          body,
          ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
          ...options,
        },
        workflowRunSchema,
      ),
    listWorkflowRuns: (query, options) =>
      sendForJson(server, get("/workflow-runs", query, options), workflowRunPageSchema),
    getWorkflowRun: (id, options) =>
      sendForJson(server, get(run(id), undefined, options), workflowRunDetailSchema),
    listWorkflowTasks: (id, query, options) =>
      sendForJson(server, get(`${run(id)}/tasks`, query, options), workflowTaskPageSchema),
    followWorkflowRun: (id, options) =>
      followEvents(server, `${run(id)}/events`, workflowRunEventSchema, options),
    cancelWorkflowRun: (id, body = {}, options) => change(id, "cancel", body, options),
    pauseWorkflowRun: (id, body = {}, options) => change(id, "pause", body, options),
    resumeWorkflowRun: (id, body = {}, options) => change(id, "resume", body, options),
    restartWorkflowRun: (id, body, options) => change(id, "restart", body, options),
  };
}

type Query = Readonly<Record<string, string | number | undefined>>;
