import {
  activateWorkflowSchema,
  applyWorkflowSchema,
  exportWorkflowSchema,
  listWorkflowsSchema,
  listWorkflowVersionsSchema,
  startWorkflowSchema,
} from "@notemill/api";
import { parseJson } from "@notemill/json";
import { encodeYaml } from "@notemill/parameters";
import {
  activateVersion,
  deleteWorkflow,
  getVersion,
  listVersions,
  lastWorkflowRuns,
  listWorkflows,
  type StoredWorkflow,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { applyWorkflow, previewWorkflow } from "../workflows/apply-workflow.ts";
import { presentVersion, presentWorkflow } from "../workflows/present-workflow.ts";
import { presentWorkflowRun } from "../workflows/present-workflow-run.ts";
import { startWorkflow } from "../workflows/start-workflow.ts";
import { findLiveWorkflow, findWorkflow, versionNotFound, workflowNotFound } from "./find-workflow.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";

const KEY = z.string().min(1).max(255).nullable();
const VERSION = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

/** The routes of workflows. */
export function workflowRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, log } = platform;

  app.post("/api/v1/workflows", LARGE_BODY, async (request) => {
    const { name, definition, dry_run: isDry } = readRequest(applyWorkflowSchema, request.body, "body");
    const asked = { name, definition: definition.text };
    if (isDry) return previewWorkflow(platform, asked);
    const applied = await applyWorkflow(platform, asked);
    log.info({ workflow_id: applied.workflow?.id, version: applied.version }, `workflow ${applied.outcome}`);
    return applied;
  });

  app.get("/api/v1/workflows", async (request) => {
    const { name, before, limit } = readRequest(listWorkflowsSchema, request.query, "query");
    const found = await listWorkflows(driver, {
      name: name ?? null,
      before: before ?? null,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = await lastWorkflowRuns(
      driver,
      page.map(({ id }) => id),
    );
    const listed = (workflow: StoredWorkflow) => {
      const run = last.get(workflow.id);
      return { ...presentWorkflow(workflow), last_run: run === undefined ? null : presentWorkflowRun(run) };
    };
    return {
      workflows: page.map(listed),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

  app.get("/api/v1/workflows/:id", async (request) => {
    const workflow = await findWorkflow(platform, request.params);
    return {
      ...presentWorkflow(workflow),
      version: presentVersion(await findVersion(platform, workflow, workflow.activeVersion)),
    };
  });

  app.delete("/api/v1/workflows/:id", async (request, reply) => {
    const { id } = await findLiveWorkflow(platform, request.params);
    if (!(await deleteWorkflow(driver, id, now()))) workflowNotFound(id);
    return reply.status(204).send();
  });

  app.get("/api/v1/workflows/:id/versions", async (request) => {
    const { id } = await findWorkflow(platform, request.params);
    const { before, limit } = readRequest(listWorkflowVersionsSchema, request.query, "query");
    const found = await listVersions(driver, id, { before: before ?? null, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      versions: page.map(presentVersion),
      next: found.length > limit ? (page.at(-1)?.version ?? null) : null,
    };
  });

  app.get("/api/v1/workflows/:id/versions/:version", async (request) => {
    const workflow = await findWorkflow(platform, request.params);
    const { version } = readRequest(VERSION, request.params, "id");
    return presentVersion(await findVersion(platform, workflow, version));
  });

  app.post("/api/v1/workflows/:id/activate", async (request) => {
    const workflow = await findLiveWorkflow(platform, request.params);
    const { version } = readRequest(activateWorkflowSchema, request.body, "body");
    const changed = await activateVersion(driver, workflow.id, version, now());
    return presentWorkflow(changed ?? versionNotFound(workflow, version));
  });

  app.get("/api/v1/workflows/:id/definition", async (request, reply) => {
    const workflow = await findWorkflow(platform, request.params);
    const { version = workflow.activeVersion } = readRequest(exportWorkflowSchema, request.query, "query");
    const { definition } = await findVersion(platform, workflow, version);
    const steps = parseJson(definition) as object;
    reply.header("content-security-policy", "sandbox").type("application/yaml");
    // The serializer is for JSON.
    return reply.serializer(String).send(encodeYaml({ name: workflow.name, ...steps }));
  });

  app.post("/api/v1/workflows/:id/runs", LARGE_BODY, async (request, reply) => {
    const workflow = await findLiveWorkflow(platform, request.params);
    const body = readRequest(startWorkflowSchema, request.body ?? {}, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const run = await startWorkflow(platform, workflow, body, key);
    log.info({ workflow_run_id: run.id, workflow_id: workflow.id }, "workflow-run started");
    void reply.status(201).header("location", `/api/v1/workflow-runs/${run.id}`);
    return presentWorkflowRun(run);
  });
}

async function findVersion({ driver }: Platform, workflow: StoredWorkflow, version: number) {
  return (await getVersion(driver, workflow.id, version)) ?? versionNotFound(workflow, version);
}
