import { z } from "zod";
import type { Operation } from "./operation.ts";

/** Which rows of a table are wanted. */
export const readTableSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(2048)
    .meta({ description: "A file of CSV, TSV, JSON or Parquet, known by its name." }),
  sort: z
    .string()
    .max(500)
    .optional()
    .meta({ description: "Name of a column. Default: the order of the file." }),
  order: z.enum(["asc", "desc"]).default("asc"),
  filters: z.string().max(10_000).default("[]").meta({
    description:
      'JSON: a list of `{"column", "is", "value"}`, all of which have to hold; `is` is `contains`, `equals`, `above` or `below`.',
  }),
  offset: z.coerce.number().int().min(0).max(1e12).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** {@link readTableSchema}'s `filters`, once they are read. */
export const tableFiltersSchema = z
  .array(
    z.strictObject({
      column: z.string().max(500),
      is: z.enum(["contains", "equals", "above", "below"]),
      value: z.string().max(1000),
    }),
  )
  .max(20);

/** See {@link tableFiltersSchema}. */
export type TableFilters = z.infer<typeof tableFiltersSchema>;

/** Rows of a table. */
export const tablePageSchema = z
  .object({
    columns: z
      .array(
        z.object({
          name: z.string(),
          type: z.string().meta({ description: "As DuckDB calls it." }),
          is_number: z.boolean(),
        }),
      )
      .meta({ description: "The first 500." }),
    column_count: z.number().meta({ description: "Of the whole table." }),
    rows: z.array(z.array(z.string().nullable())).meta({
      description:
        "Values as text, so that numbers stay what they are. What is longer than 1,000 characters, or less where a page has many cells, is cut and ends with `…`.",
    }),
    row_count: z.number().meta({ description: "Of the whole table, as far as the filters hold." }),
  })
  .meta({ id: "TablePage" });

/** See {@link tablePageSchema}. */
export type TablePage = z.infer<typeof tablePageSchema>;

/** The operation that reads tables. */
export const TABLE_OPERATIONS = {
  readTable: {
    method: "get",
    path: "/files/table",
    group: "files",
    summary: "Rows of a table in a file, sorted and filtered",
    query: readTableSchema,
    answer: { status: 200, schema: tablePageSchema, description: "One page." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
