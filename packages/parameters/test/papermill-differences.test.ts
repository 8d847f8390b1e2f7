import { isCodedError } from "@notemill/errors";
import { encodeJson, parseJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { afterAll, describe, expect, it } from "vitest";

import {
  formatPath,
  inferParameters,
  parametersFromJson,
  parametersToJson,
  parseParameterYaml,
  translateParameters,
} from "@notemill/parameters";

import { asText, inspectionLines, startOracle } from "./oracle.ts";
import type { Oracle } from "./oracle.ts";
import { PAPERMILL_DIFFERENCES } from "./papermill-differences.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

const clock = { local: "2026-11-03T13:36:09", utc: "2026-11-03T08:06:09+00:00", uuid: "8d7e" };
const builtIns = { now: new Date("2026-11-03T08:06:09Z"), runUuid: "8d7e" };

/** The value in the only assignment of an injected cell. */
function valueOf(source: string): string {
  return /^[^\n]*\n(?:val |var |let |object )?\$?x ?= ?([\s\S]*?);?\n$/.exec(source)?.[1] ?? source;
}

function ours(area: string, input: string): string {
  switch (area) {
    case "infer": {
      const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source: input } as const;
      return inferParameters({ cells: [cell] }, { language: "python" })
        .map(({ default: text, help, name, typeName }) => [name, typeName, text, help].join(" | "))
        .join("\n");
    }
    case "path":
      return formatPath(input, new Map([["x", 1]]), builtIns);
    case "yaml":
      return encodeJson(parametersToJson(parseParameterYaml(input)));
    default: {
      const parameters = parametersFromJson({ x: parseJson(input) });
      return valueOf(translateParameters({ kernelName: area, language: "none", parameters }));
    }
  }
}

async function papermills(area: string, input: string): Promise<string> {
  switch (area) {
    case "infer":
      return inspectionLines(await answer(oracle, "inspect", { source: input })).join("\n");
    case "path": {
      const text = asText(
        await answer(oracle, "format", { ...clock, parameters: { x: 1 }, template: input }),
      );
      return text.length > 100 ? `a string of ${text.length} characters` : text;
    }
    case "yaml":
      return asText(await answer(oracle, "yaml", { text: input }));
    default: {
      const parameters = { x: parseJson(input) };
      return valueOf(
        asText(await answer(oracle, "translate", { kernel: area, language: "none", parameters })),
      );
    }
  }
}

async function answer(
  asked: Oracle,
  operation: string,
  request: Parameters<Oracle["ask"]>[1],
): Promise<JsonValue> {
  const { error, value } = await asked.ask(operation, request);
  return error ?? value ?? null;
}

function outcome(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}

describe("differences from papermill", () => {
  it.each(PAPERMILL_DIFFERENCES.map(({ area, input, ...rest }) => [area, input, rest] as const))(
    "%s: %j",
    async (area, input, row) => {
      expect(await papermills(area, input)).toBe(row.papermill);
      expect(outcome(() => ours(area, input))).toBe(row.ours);
      expect(row.ours).not.toBe(row.papermill);
    },
  );
});
