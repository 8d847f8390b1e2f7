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
  const place = field === "" ? `the ${part}` : `"${field}" in the ${part}`;
  throw new ServerError("REQUEST_INVALID", `${place} is not valid: ${issue?.message ?? "unknown"}`, {
    details: { part, field },
  });
}
