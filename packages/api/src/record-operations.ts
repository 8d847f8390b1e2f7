import { z } from "zod";
import { artifactListSchema, artifactQuerySchema, artifactsQuerySchema } from "./artifact.ts";
import { prunedSchema, pruneSchema, retentionQuerySchema, retentionSchema } from "./retention.ts";
import { verificationSchema, runRecordsSchema } from "./server-resources.ts";
import { jsonAnswer, type Operation } from "./operation.ts";

/** Which file of a record is wanted. */
export const recordFileNameSchema = z.object({
  name: z
    .string()
    .min(1)
    .max(512)
    .meta({ description: "`manifest.json`, or a name from the record's list." }),
});

/** Which records are looked at. */
export const verifyQuerySchema = z.object({
  run: z.uuid().optional().meta({ description: "Only the records of this run." }),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0)
    .meta({ description: "`next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** The operations on records, and on how long they stay. */
export const RECORD_OPERATIONS = {
  listRecords: {
    method: "get",
    path: "/runs/{id}/records",
    group: "records",
    summary: "The records of a run's attempts that are over, and their files",
    answer: jsonAnswer(runRecordsSchema, "The records, first to last."),
  },
  archiveRun: {
    method: "get",
    path: "/runs/{id}/archive",
    group: "records",
    summary: "All records of a run in one tar archive, which `notemill runs import` takes back in",
    answer: {
      status: 200,
      mediaType: "application/x-tar",
      description: "The archive, as it is made; it breaks off where a file is not what its record says.",
    },
  },
  getRecordFile: {
    method: "get",
    path: "/runs/{id}/records/{attempt}/file",
    group: "records",
    summary: "A file of a record",
    query: recordFileNameSchema,
    answer: { status: 200, mediaType: "application/octet-stream", description: "Its bytes." },
  },
  listArtifacts: {
    method: "get",
    path: "/runs/{id}/artifacts",
    group: "records",
    summary: "The files that an attempt left in `$NOTEMILL_OUTPUTS`",
    query: artifactsQuerySchema,
    answer: jsonAnswer(artifactListSchema, "The files, in the order of their names; at most 1000."),
  },
  getArtifact: {
    method: "get",
    path: "/runs/{id}/artifacts/file",
    group: "records",
    summary: "A file that an attempt left",
    query: artifactQuerySchema,
    answer: { status: 200, mediaType: "application/octet-stream", description: "Its bytes." },
  },
  verifyRecords: {
    method: "get",
    path: "/records/verification",
    group: "records",
    summary: "Compare the records with the chain: finds a changed, missing or added byte",
    query: verifyQuerySchema,
    answer: jsonAnswer(verificationSchema, "What was found."),
  },
  getRetention: {
    method: "get",
    path: "/retention",
    group: "records",
    summary: "Get the policy by which the server lets old runs go, and those that would go now",
    query: retentionQuerySchema,
    answer: jsonAnswer(retentionSchema, "The policy, and the runs."),
  },
  pruneRuns: {
    method: "post",
    path: "/retention",
    group: "records",
    summary: "Let old runs go: their events and files, with a tombstone in the place of each record",
    body: pruneSchema,
    answer: jsonAnswer(prunedSchema, "The runs that have gone, or would."),
  },
} as const satisfies Readonly<Record<string, Operation>>;
