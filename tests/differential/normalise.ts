import { stripVTControlCharacters } from "node:util";

/** A JSON value of a parsed notebook. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Makes two output notebooks comparable: what must differ between any two runs is replaced by its name. */
export function normalise(notebook: Json, directory: string): Json {
  const copy = walk(notebook, directory);
  if (!isObject(copy) || !Array.isArray(copy["cells"])) return copy;
  copy["cells"] = copy["cells"].map((cell) => (isObject(cell) ? normaliseCell(cell) : cell));
  return copy;
}

/** The version of papermill that both claim to follow. */
const PAPERMILL_VERSION = "2.7.0";

const TIMES = new Set(["start_time", "end_time"]);

function walk(value: Json, directory: string, key = ""): Json {
  if (typeof value === "string") {
    if (TIMES.has(key)) return "<time>";
    if (key === "duration" && value.startsWith("<number")) return "<duration>";
    if (key === "version" && value === PAPERMILL_VERSION) return "<papermill's version>";
    if (key === "version" && /^3\.\d+\.\d+$/.test(value)) return "<python's version>";
    return stripVTControlCharacters(value)
      .replaceAll(directory, "<directory>")
      .replaceAll(/[^\s"'(]*\/lib\/python3\.\d+\//g, "<python>/")
      .replaceAll(/\/tmp\/ipykernel_\d+\/\d+\.py/g, "<cell>")
      .replaceAll(/\(\d+\.py, line/g, "(<cell>, line")
      .replaceAll(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g, "<model>")
      .replaceAll(/^[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?$/g, "<id>");
  }
  if (key === "duration" && typeof value === "number") return "<duration>";
  if (Array.isArray(value)) return value.map((it) => walk(it, directory));
  if (!isObject(value)) return value;
  if (key === "execution")
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((it) => [it, "<time>"]),
    );
  if (key === WIDGET_STATE) return widgets(value, directory);
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, walk(it, directory, name)]));
}

const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

/** The models of widgets in an order that does not hang on their ids, those that show outputs first. */
function widgets(value: { [key: string]: Json }, directory: string): Json {
  const models = Object.values(isObject(value["state"]) ? value["state"] : {});
  const rank = (model: Json): string =>
    `${isObject(model) && model["model_name"] === "OutputModel" ? 0 : 1} ${JSON.stringify(model)}`;
  const ordered = models
    .map((model) => walk(model, directory))
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return { ...value, state: ordered };
}

/** Text as one string, adjacent pieces of one stream as one output. */
function normaliseCell(cell: { [key: string]: Json }): Json {
  if (!Array.isArray(cell["outputs"])) return cell;
  const outputs: Json[] = [];
  for (const output of cell["outputs"]) {
    const last = outputs.at(-1);
    if (!isObject(output) || !isStream(output)) {
      outputs.push(output);
      continue;
    }
    const text = textOf(output["text"]);
    if (isObject(last) && isStream(last) && output["name"] === last["name"]) {
      last["text"] = textOf(last["text"]) + text;
    } else outputs.push({ ...output, text });
  }
  return { ...cell, outputs };
}

function textOf(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map((line) => textOf(line)).join("");
  return typeof value === "string" ? value : "";
}

function isStream(output: { [key: string]: Json }): boolean {
  return output["output_type"] === "stream";
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The places where two values differ: `cells[1].metadata.papermill.status`. */
export function differingPaths(ours: Json | undefined, theirs: Json | undefined, path = ""): string[] {
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((it, index) => differingPaths(it, theirs[index], `${path}[${index}]`));
  }
  if (isObject(ours) && isObject(theirs)) {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...keys]
      .sort()
      .flatMap((key) => differingPaths(ours[key], theirs[key], path === "" ? key : `${path}.${key}`));
  }
  return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [path];
}
