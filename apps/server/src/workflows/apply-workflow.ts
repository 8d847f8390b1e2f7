import { createHash } from "node:crypto";
import type { AppliedWorkflow } from "@notemill/api";
import { applyWorkflow as storeWorkflow, findWorkflow, getVersion } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { defineWorkflow } from "./define-workflow.ts";
import { diffPlans } from "./diff-plans.ts";
import { decodePlan, encodePlan } from "./plan-text.ts";
import { presentWorkflow } from "./present-workflow.ts";

/** A definition that is to be the active version of the workflow of its name. */
export interface AskedWorkflow {
  readonly name: string;
  /** JSON. */
  readonly definition: string;
}

/**
 * Makes a definition the active version of a workflow.
 *
 * @throws {@link ServerError} `WORKFLOW_INVALID`.
 */
export async function applyWorkflow(platform: Platform, asked: AskedWorkflow): Promise<AppliedWorkflow> {
  const { driver, newId, now, user } = platform;
  const { content, warnings } = await defineWorkflow(platform, asked, "keep");
  const before = await activePlan(platform, asked.name);
  const plan = encodePlan(content);
  const { kind, workflow, version } = await storeWorkflow(driver, {
    ...asked,
    id: newId(),
    owner: user,
    plan,
    sha256: hashOf(plan),
    by: user,
    now: now(),
  });
  const changes = kind === "unchanged" ? [] : diffPlans(before?.content ?? null, content);
  return { outcome: kind, workflow: presentWorkflow(workflow), version: version.version, changes, warnings };
}

/** Says what {@link applyWorkflow} would do, and does nothing. @throws As it does. */
export async function previewWorkflow(platform: Platform, asked: AskedWorkflow): Promise<AppliedWorkflow> {
  const { content, warnings } = await defineWorkflow(platform, asked, "look");
  const before = await activePlan(platform, asked.name);
  const changes = diffPlans(before?.content ?? null, content);
  if (before === null) return { outcome: "created", workflow: null, version: 1, changes, warnings };
  const isSame = before.sha256 === hashOf(encodePlan(content));
  const { workflow } = before;
  return {
    outcome: isSame ? "unchanged" : "changed",
    workflow: presentWorkflow(workflow),
    version: isSame ? workflow.activeVersion : workflow.newestVersion + 1,
    changes,
    warnings,
  };
}

async function activePlan({ driver, user }: Platform, name: string) {
  const workflow = await findWorkflow(driver, user, name);
  const version = workflow && (await getVersion(driver, workflow.id, workflow.activeVersion));
  return version && { workflow, sha256: version.sha256, content: decodePlan(version.plan) };
}

function hashOf(plan: string): string {
  return createHash("sha256").update(plan).digest("hex");
}
