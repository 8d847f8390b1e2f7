import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { encodeJson, isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";

const root = join(import.meta.dirname, "../../..");
const peers = process.env["NOTEMILL_PEERS_VENV"] ?? join(root, ".venv-peers");

/** A long-lived Python process with papermill in it, which says what the reference does. */
export interface Oracle extends AsyncDisposable {
  /** The outcome of one operation of oracle.py. */
  readonly ask: (operation: string, request: JsonObject) => Promise<OracleAnswer>;
}

/** What Python gave, or the name of what it raised. */
export type OracleAnswer =
  | { readonly value: JsonValue; readonly error?: undefined }
  | { readonly error: string; readonly value?: undefined };

/** Starts the process; `await using` ends it. */
export function startOracle(): Oracle {
  const child = spawn(join(peers, "bin/python"), [join(import.meta.dirname, "oracle.py")], {
    env: { ...process.env, PYTHONUTF8: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (operation, request) => {
      // Characters beyond ASCII are escaped, so that a lone surrogate survives the pipe.
      const text = encodeJson({ ...request, operation }).replaceAll(
        /[\u007F-\uFFFF]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
      child.stdin.write(`${text}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error("the oracle ended");
      return readAnswer(parseJson(value));
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

function readAnswer(answer: JsonValue): OracleAnswer {
  if (!isJsonObject(answer)) throw new Error("the oracle gave no object");
  const { error, value } = answer;
  return typeof error === "string" ? { error } : { value: value ?? null };
}

/** Text as it is, and any other value as JSON. */
export function asText(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : encodeJson(value ?? null);
}

/** What papermill inferred, one line a parameter: name | type | default | help. */
export function inspectionLines(parameters: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(parameters)) throw new Error(`papermill gave no list but ${asText(parameters)}`);
  return parameters.map((it: JsonValue) => {
    const { default: value, help, inferred_type_name: type, name } = isJsonObject(it) ? it : {};
    return [name, type, value, help].map(asText).join(" | ");
  });
}
