import type { Operation } from "./operation.ts";
import { createOutputUrlSchema, outputUrlSchema } from "./output-url.ts";

/** The operation that lets a browser show a file. */
export const OUTPUT_URL_OPERATIONS = {
  createOutputUrl: {
    method: "post",
    path: "/output-urls",
    group: "files",
    summary:
      "Get an address by which a browser shows a file, apart from the app, without a cookie, for an hour; or the frame of a program that shows outputs",
    needs: "read",
    body: createOutputUrlSchema,
    answer: { status: 201, schema: outputUrlSchema, description: "The address." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
