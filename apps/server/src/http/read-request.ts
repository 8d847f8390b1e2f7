import type { z } from "zod";
import { ServerError } from "../server-error.ts";

/**
 * Checks a part of a request against its schema.
 *
 * @throws {@link ServerError} `REQUEST_INVALID`, naming the first field that is wrong.
 */
export function readRequest<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: "body" | "query" | "id",
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") ?? "";
  if (part === "id" && issue?.code === "invalid_format" && issue.format === "uuid") {
    const given = String((value as Readonly<Record<string, unknown>>)[field]).slice(0, MOST_SHOWN);
    throw new ServerError("REQUEST_INVALID", `"${given}" is no id; expected ${WHOLE_ID}`, {
      details: { part, field },
    });
  }
  const place = field === "" ? `the ${part}` : `"${field}" in the ${part}`;
  throw new ServerError("REQUEST_INVALID", `${place} is not valid: ${issue?.message ?? "unknown"}`, {
    details: { part, field },
  });
}

const WHOLE_ID =
  "the whole of one, as 0197f2a4-1111-7aaa-8aaa-aaaaaaaaaaaa: lists have it, and the commands find it by its beginning or its end";

/** How much of what is no id is repeated. */
const MOST_SHOWN = 100;
