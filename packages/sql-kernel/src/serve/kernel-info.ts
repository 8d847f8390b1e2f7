import { version as duckdbVersion } from "@duckdb/node-api";
import type { JsonObject } from "@notemill/json";

/** What the kernel says about itself. */
export const KERNEL_INFO: JsonObject = {
  protocol_version: "5.3",
  implementation: "notemill-sql",
  implementation_version: "0.1.0",
  banner: `Notemill SQL kernel, DuckDB ${duckdbVersion()}`,
  language_info: {
    name: "sql",
    version: duckdbVersion(),
    mimetype: "text/x-sql",
    file_extension: ".sql",
    pygments_lexer: "sql",
    codemirror_mode: "sql",
  },
  help_links: [{ text: "DuckDB SQL", url: "https://duckdb.org/docs/stable/sql/introduction" }],
  debugger: false,
  supported_features: [],
};
