import { BACKFILL_OPERATIONS } from "./backfill-operations.ts";
import { DELIVERY_OPERATIONS } from "./delivery-operations.ts";
import { ENVIRONMENT_OPERATIONS } from "./environment-operations.ts";
import { FILE_OPERATIONS } from "./file-operations.ts";
import { LINK_OPERATIONS } from "./link-operations.ts";
import { OUTPUT_URL_OPERATIONS } from "./output-url-operations.ts";
import { RECORD_OPERATIONS } from "./record-operations.ts";
import { RUN_OPERATIONS } from "./run-operations.ts";
import { RUNNER_OPERATIONS } from "./runner-operations.ts";
import { SCHEDULE_OPERATIONS } from "./schedule-operations.ts";
import { SEARCH_OPERATIONS } from "./search.ts";
import { SECRET_OPERATIONS } from "./secret-operations.ts";
import { SERVER_OPERATIONS } from "./server-operations.ts";
import { SESSION_OPERATIONS } from "./session-operations.ts";
import { SWEEP_OPERATIONS } from "./sweep-operations.ts";
import { TABLE_OPERATIONS } from "./table.ts";
import { TOKEN_OPERATIONS } from "./token-operations.ts";
import { WORKFLOW_OPERATIONS } from "./workflow-operations.ts";
import type { Operation } from "./operation.ts";

/** Every operation of the API. The server has a route for each, and no other. */
export const OPERATIONS = {
  ...SERVER_OPERATIONS,
  ...RUN_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...FILE_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...TABLE_OPERATIONS,
  ...OUTPUT_URL_OPERATIONS,
  ...SWEEP_OPERATIONS,
  ...SECRET_OPERATIONS,
  ...ENVIRONMENT_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...TOKEN_OPERATIONS,
  ...LINK_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...BACKFILL_OPERATIONS,
  ...WORKFLOW_OPERATIONS,
  ...DELIVERY_OPERATIONS,
  ...RUNNER_OPERATIONS,
} as const satisfies Readonly<Record<string, Operation>>;
