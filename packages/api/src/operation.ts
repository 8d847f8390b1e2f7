import type { z } from "zod";
import type { NeededScope } from "./needed-scope.ts";

/** One operation of the API. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`, with parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly group:
    | "runs"
    | "files"
    | "schedules"
    | "deliveries"
    | "environments"
    | "secrets"
    | "workflows"
    | "records"
    | "runners"
    | "access"
    | "server";
  /** Needs no token. Default false. */
  readonly isOpen?: boolean;
  /** What a token has to be good for. Default: see {@link neededScope}. */
  readonly needs?: NeededScope;
  readonly query?: z.ZodObject;
  readonly headers?: readonly { readonly name: string; readonly description: string }[];
  readonly body?: z.ZodType | "bytes";
  readonly answer: {
    readonly status: number;
    readonly mediaType?: string;
    readonly schema?: z.ZodType;
    readonly description: string;
  };
}

/** What an operation answers in JSON. */
export const jsonAnswer = (schema: z.ZodType, description: string, status = 200): Operation["answer"] => ({
  status,
  schema,
  description,
});
