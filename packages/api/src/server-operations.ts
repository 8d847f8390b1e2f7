import { askStatusSchema, serverStatusSchema } from "./status.ts";
import { backupSchema, healthSchema, readinessSchema } from "./server-resources.ts";
import { jsonAnswer, type Operation } from "./operation.ts";

/** The operations on the server itself. */
export const SERVER_OPERATIONS = {
  health: {
    method: "get",
    path: "/health",
    group: "server",
    summary: "Whether the server is there",
    isOpen: true,
    answer: jsonAnswer(healthSchema, "It is."),
  },
  ready: {
    method: "get",
    path: "/ready",
    group: "server",
    summary:
      "Whether the server takes new work: it can use its database and its store, and is not about to end",
    isOpen: true,
    answer: jsonAnswer(readinessSchema, "It does; 503 when it does not."),
  },
  openapi: {
    method: "get",
    path: "/openapi.json",
    group: "server",
    summary: "This document",
    isOpen: true,
    answer: { status: 200, mediaType: "application/json", description: "An OpenAPI 3.1 document." },
  },
  status: {
    method: "get",
    path: "/status",
    group: "server",
    summary: "How the server is: its runners, what runs and waits, kernels that are kept, and what runs took",
    query: askStatusSchema,
    answer: jsonAnswer(serverStatusSchema, "As it is now."),
  },
  backUp: {
    method: "post",
    path: "/backups",
    group: "server",
    summary: "Back up an embedded database",
    answer: jsonAnswer(backupSchema, "Done.", 201),
  },
} as const satisfies Readonly<Record<string, Operation>>;
