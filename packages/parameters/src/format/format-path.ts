import type { ParameterMap } from "../parameter-map.ts";
import { ParametersError } from "../parameters-error.ts";
import { toValueNode } from "../values/value-node.ts";
import { convertValue, formatValue } from "./format-value.ts";
import { takeStep } from "./field-access.ts";
import type { PathValue } from "./field-access.ts";
import { parseTemplate } from "./parse-template.ts";
import type { Fail, TemplateField, TemplatePart } from "./parse-template.ts";
import { invalidTemplate } from "./path-error.ts";

/** What a template can use beside the parameters, under the name `pm`. */
export interface PathBuiltIns {
  /** `{pm[run_uuid]}`. */
  readonly runUuid: string;
  /** `{pm[current_datetime_utc]}`, and `{pm[current_datetime_local]}` together with the offset. */
  readonly now: Date;
  /** Minutes that local time is ahead of UTC; -300 in New York in winter. Default 0. */
  readonly utcOffsetMinutes?: number;
}

/**
 * Fills parameters into a path, as Python's `str.format` does.
 *
 * A parameter called `pm` hides the built-ins. Attributes exist on numbers and
 * date-times only; no other attribute can be reached.
 *
 * @throws {@link ParametersError} `PARAMETER_MISSING`, `PATH_TEMPLATE_INVALID`.
 */
export function formatPath(template: string, parameters: ParameterMap, builtIns: PathBuiltIns): string {
  const fail: Fail = (problem) => {
    throw invalidTemplate(template, problem);
  };
  const fill = (part: TemplatePart): string => {
    if (typeof part === "string") return part;
    const spec = part.spec.map(fill).join("");
    const value = lookUp(part, parameters, builtIns, fail);
    return formatValue(convertValue(value, part.conversion, fail), spec, fail);
  };
  return parseTemplate(template, fail).map(fill).join("");
}

function lookUp(
  field: TemplateField,
  parameters: ParameterMap,
  builtIns: PathBuiltIns,
  fail: Fail,
): PathValue {
  if (/^\d*$/.test(field.name)) return fail(`a field needs the name of a parameter, found "{${field.name}}"`);
  let value: PathValue = root(field.name, parameters, builtIns);
  for (const step of field.steps) value = takeStep(value, step, fail, missing);
  return value;
}

function root(
  name: string,
  parameters: ParameterMap,
  { now, runUuid, utcOffsetMinutes = 0 }: PathBuiltIns,
): PathValue {
  const value = parameters.get(name);
  if (value !== undefined) return toValueNode(value, name);
  if (name !== "pm") return missing(name);
  const local = new Date(now.getTime() + utcOffsetMinutes * 60_000);
  return {
    kind: "built-ins",
    entries: new Map<string, PathValue>([
      ["run_uuid", { kind: "string", value: runUuid }],
      ["current_datetime_local", { kind: "datetime", fields: local, aware: false }],
      ["current_datetime_utc", { kind: "datetime", fields: now, aware: true }],
    ]),
  };
}

function missing(name: string): never {
  throw new ParametersError("PARAMETER_MISSING", `Missing parameter '${name}'`, { details: { name } });
}
