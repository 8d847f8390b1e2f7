import { z } from "zod";
import { attemptEnvironmentSchema } from "./attempt-environment.ts";
import { rawJson } from "./raw-json-value.ts";
import { failureSchema, finalStatusSchema } from "./run.ts";
import { resourcesSchema } from "./resources.ts";
import { runnerLabelSchema, runSettingsSchema } from "./run-settings.ts";

/** As the database has it. */
const fenceSchema = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A runner asks for attempts, and waits for them. */
export const claimSchema = z
  .strictObject({
    runner: z.strictObject({
      id: z.uuid(),
      name: z.string().min(1).max(200),
      slots: z.int().min(1).max(1024),
      version: z.string(),
      labels: z
        .array(runnerLabelSchema)
        .max(100)
        .optional()
        .meta({ description: "What runs may ask of it. Default none." }),
    }),
    limit: z.int().min(1).max(1024).meta({ description: "Free slots." }),
    wait_ms: z.int().min(0).max(60_000).meta({ description: "How long to wait for the first." }),
    started_by: z
      .uuid()
      .nullable()
      .meta({ description: "The server process that started this runner, if one did." }),
  })
  .meta({ id: "Claim" });

/** See {@link claimSchema}. */
export type Claim = z.infer<typeof claimSchema>;

/** An attempt that a runner has. */
export const claimedAttemptSchema = z
  .object({
    id: z.uuid(),
    run_id: z.uuid(),
    number: z.int().positive(),
    fence: fenceSchema.meta({ description: "Goes with everything that is written about the attempt." }),
    path: z.string(),
    source_hash: z.string(),
    kernel_name: z.string().nullable(),
    parameters: rawJson({ type: "object", description: "Values by name." }),
    timeouts: runSettingsSchema.shape.timeouts,
    keep_kernel_ms: runSettingsSchema.shape.keep_kernel_ms,
    memory_bytes: runSettingsSchema.shape.memory_bytes,
    cpus: runSettingsSchema.shape.cpus,
    resumes: z.uuid().nullable().meta({ description: "The attempt in whose kernel this one goes on." }),
    secrets: z
      .array(z.object({ name: z.string(), text: z.string() }))
      .meta({ description: "The secrets that its parameters refer to and that it may use." }),
    token: z.string().meta({ description: "For its kernel: good while it is under way." }),
    traceparent: z
      .string()
      .nullish()
      .meta({ description: "What its kernel is told to be a part of, as W3C Trace Context has it." }),
  })
  .meta({ id: "ClaimedAttempt" });

/** See {@link claimedAttemptSchema}. */
export type ClaimedAttempt = z.infer<typeof claimedAttemptSchema>;

/** The answer to {@link claimSchema}. */
export const claimAnswerSchema = z
  .object({
    attempts: z.array(claimedAttemptSchema),
    lease_ms: z.int().positive(),
    heartbeat_ms: z.int().positive(),
    waited_ms: z.int().min(0).meta({
      description: "How long after the request the leases began; what is more was spent on the way.",
    }),
    superseded: z
      .boolean()
      .meta({ description: "The server that started this runner has been restarted and has another one." }),
  })
  .meta({ id: "ClaimAnswer" });

/** See {@link claimAnswerSchema}. */
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;

/** A runner says that it is alive, for all its attempts at once. */
export const heartbeatSchema = z
  .strictObject({
    runner_id: z.uuid(),
    attempts: z.array(z.strictObject({ id: z.uuid(), fence: fenceSchema })).max(1024),
  })
  .meta({ id: "Heartbeat" });

/** A runner that ends, with nothing left to do. */
export const leaveSchema = z.strictObject({ runner_id: z.uuid() }).meta({ id: "Leave" });

/** See {@link heartbeatSchema}. */
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** The answer to {@link heartbeatSchema}. */
export const heartbeatAnswerSchema = z
  .object({
    renewed: z.array(z.uuid()).meta({ description: "What is not here, the runner has lost." }),
    cancelled: z.array(z.uuid()).meta({ description: "To be cancelled." }),
    lease_ms: z.int().positive(),
  })
  .meta({ id: "HeartbeatAnswer" });

/** See {@link heartbeatAnswerSchema}. */
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

const firstEventSchema = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .meta({ description: "How many events of the attempt came before." });

const newEventsSchema = z
  .array(
    z.strictObject({
      kind: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,99}$/)
        .meta({ description: "As `cell-output`." }),
      at: z.iso.datetime({ offset: true }),
      data: rawJson({ description: "What the kind says." }),
    }),
  )
  .max(10_000);

/** Events of an attempt, in order. */
export const attemptEventsSchema = z
  .strictObject({ fence: fenceSchema, first: firstEventSchema, events: newEventsSchema })
  .meta({ id: "AttemptEvents" });

/** See {@link attemptEventsSchema}. */
export type AttemptEvents = z.infer<typeof attemptEventsSchema>;

/** The answer to {@link attemptEventsSchema}. */
export const attemptEventsAnswerSchema = z
  .object({ next: z.int().min(0).meta({ description: "How many events the server has." }) })
  .meta({ id: "AttemptEventsAnswer" });

/** What a runner knows about an attempt's surroundings. */
export const attemptFactsSchema = z
  .strictObject({
    runner: z.strictObject({ name: z.string(), version: z.string(), host: z.string(), platform: z.string() }),
    kernelspec: z
      .strictObject({ name: z.string(), language: z.string(), argv: z.array(z.string()) })
      .nullable(),
    environment: attemptEnvironmentSchema.nullish(),
    parameters: z
      .array(
        z.strictObject({
          name: z.string(),
          origin: z.enum(["request", "notebook"]),
          value: rawJson({ description: "The value." }),
        }),
      )
      .meta({ description: "Every parameter, with where its value comes from." }),
    resumed: z
      .strictObject({
        attempt_id: z.uuid(),
        executed: z.array(z.string()).meta({ description: "Code that people ran in the kernel in between." }),
      })
      .nullable()
      .meta({ description: "The attempt in whose kernel this one went on." }),
    memory_limit: z
      .strictObject({
        bytes: z.int(),
        enforced_by: z.enum(["cgroup_v2", "cgroup_v1", "sampling", "nothing"]),
      })
      .nullish()
      .meta({ description: "The limit that was asked for, and what kept it on the runner's machine." }),
    cpu_limit: z
      .strictObject({
        cpus: z.number(),
        enforced_by: z.enum(["cgroup_v2", "cgroup_v1", "nothing"]),
      })
      .nullish()
      .meta({ description: "The same for the processors." }),
    resources: resourcesSchema
      .nullable()
      .meta({ description: "What the kernel took; null where the system does not tell." }),
  })
  .meta({ id: "AttemptFacts" });

/** See {@link attemptFactsSchema}. */
export type AttemptFacts = z.infer<typeof attemptFactsSchema>;

/** An attempt is over and its files are handed in. */
export const completeSchema = z
  .strictObject({
    fence: fenceSchema,
    status: finalStatusSchema,
    failure: failureSchema.nullable(),
    facts: attemptFactsSchema.nullable(),
    kernel_until: z.iso
      .datetime({ offset: true })
      .nullable()
      .meta({ description: "Until when the kernel is kept; null where it is not." }),
    events: z
      .strictObject({ first: firstEventSchema, events: newEventsSchema })
      .optional()
      .meta({ description: "The last events of the attempt, which come before its end." }),
    scraps: z
      .strictObject({
        data: rawJson({ type: "object", description: "Values by name, at most 256 KiB." }),
        left_out: z.array(z.string().max(1000)).max(1000).meta({
          description: "Names that were too large, or are data frames; the output notebook has them.",
        }),
      })
      .nullable()
      .optional()
      .meta({ description: "What the notebook recorded, for the steps of a workflow that go on from it." }),
  })
  .meta({ id: "Complete" });

/** See {@link completeSchema}. */
export type Complete = z.infer<typeof completeSchema>;

/** A bundle of files that runs read, by content. */
export const sourceSchema = z
  .object({
    format: z.literal("notemill.source/1"),
    notebook: z.string().meta({ description: "Path of the notebook among the files." }),
    files: z.array(z.object({ path: z.string(), sha256: z.string(), size: z.int() })),
    environment: z
      .object({
        name: z.string().meta({ description: "As it was chosen; `auto` for what the notebook declares." }),
        digest: z.string().meta({ description: "SHA-256 of the lock." }),
        lock: z.string().meta({ description: "Every package with its version and hashes." }),
      })
      .optional()
      .meta({ description: "Left out where the kernelspec's own interpreter is used." }),
  })
  .meta({ id: "Source" });

/** See {@link sourceSchema}. */
export type Source = z.infer<typeof sourceSchema>;
