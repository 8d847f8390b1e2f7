import type { RunEvent } from "@notemill/api";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@notemill/json";

/** An event as the log shows it; what cells print is shown as it came. */
export function eventLine({ at, attempt, kind, data }: RunEvent): string {
  const value = parseJson(data.text);
  const facts = isJsonObject(value) ? value : {};
  switch (kind) {
    case "cell-output":
      return isJsonObject(facts["output"]) ? outputText(facts["output"]) : "";
    case "run-status-changed": {
      const failure = isJsonObject(facts["failure"]) ? `: ${text(facts["failure"]["message"])}` : "";
      return `${at} attempt ${attempt} ${text(facts["status"])}${failure}\n`;
    }
    case "cell-started":
    case "cell-finished": {
      const status = kind === "cell-started" ? "begins" : text(facts["status"]);
      return `${at} cell ${Number(text(facts["cell_index"])) + 1} (${text(facts["cell_id"])}) ${status}\n`;
    }
    case "sweep-child-finished":
      return `${at} ${text(facts["done"])}/${text(facts["total"])} run ${text(facts["index"])} ${text(facts["status"])} ${text(facts["run_id"])}\n`;
    case "attempt-warned":
      return `${at} warning ${text(facts["code"])}: ${text(facts["message"])}\n`;
    default:
      return `${at} ${kind}\n`;
  }
}

/** An output as text: what was printed, a traceback, or the plain form of a value. */
export function outputText(output: JsonObject): string {
  if (output["output_type"] === "stream") return text(output["text"]);
  const { traceback, data } = output;
  if (Array.isArray(traceback)) return `${traceback.map(text).join("\n")}\n`;
  const plain = isJsonObject(data) ? text(data["text/plain"]) : "";
  return plain === "" ? "" : `${plain}\n`;
}

function text(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return value.map(text).join("");
  return value === undefined || value === null ? "" : String(value);
}
