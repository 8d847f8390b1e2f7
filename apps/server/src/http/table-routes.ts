import { posix } from "node:path";
import { readTableSchema, type TablePage, tableFiltersSchema } from "@notemill/api";
import type { FastifyInstance } from "fastify";
import { fileAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import { openFile } from "../files/version-content.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import type { WantedRows } from "../tables/table-reader.ts";
import { readRequest } from "./read-request.ts";

/** The largest file whose table is shown, in bytes. */
const MOST_BYTES = 2 ** 30;

const FORMATS: Readonly<Record<string, WantedRows["format"]>> = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".json": "json",
  ".jsonl": "json",
  ".ndjson": "json",
  ".parquet": "parquet",
};

/** The route that reads tables of files. */
export function tableRoutes(app: FastifyInstance, platform: Platform): void {
  app.get("/api/v1/files/table", async (request): Promise<TablePage> => {
    const { path, sort, order, filters, offset, limit } = readRequest(
      readTableSchema,
      request.query,
      "query",
    );
    const { tables } = platform;
    if (tables === null)
      throw new ServerError("TABLE_UNREADABLE", "this server was started without a reader of tables");
    const file = fileAt(platform, path);
    const ending = posix.extname(file.virtualPath).toLowerCase();
    const format = FORMATS[ending];
    if (format === undefined) {
      throw new ServerError(
        "TABLE_UNREADABLE",
        `"${path}" is called no table; there are ${Object.keys(FORMATS).join(", ")}`,
      );
    }
    const info = await file.store.stat(file.path);
    if (info === null) throw fileNotFound(file);
    if (info.size > MOST_BYTES)
      throw new ServerError(
        "TABLE_TOO_LARGE",
        `"${path}" has ${info.size} bytes; tables are shown up to ${MOST_BYTES}`,
      );
    const wanted = { path: file.virtualPath, etag: info.etag, ending: ending.slice(1) };
    const name = await tables.files.copyOf(wanted, () => openFile(file, {}));
    return tables.reader.read({
      file: name,
      format,
      sort: sort === undefined ? null : { column: sort, direction: order },
      filters: readRequest(tableFiltersSchema, parsed(filters), "query"),
      offset,
      limit,
    });
  });
}

/** @throws {@link ServerError} `REQUEST_INVALID`. */
function parsed(filters: string): unknown {
  try {
    return JSON.parse(filters);
  } catch (error) {
    throw new ServerError("REQUEST_INVALID", "query: filters: expected JSON", {
      cause: error,
      details: { part: "query", field: "filters" },
    });
  }
}
