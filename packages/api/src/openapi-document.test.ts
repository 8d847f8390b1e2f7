import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { submitRunSchema } from "./run.ts";
import { openapiDocument } from "./openapi-document.ts";
import { encodeWireJson, parseWireJson } from "./wire-json.ts";

it("refers only to schemas that it has", () => {
  const text = JSON.stringify(openapiDocument("1"));
  const { components } = JSON.parse(text) as { components: { schemas: object } };
  const named = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(named).toContain("Run");
  expect([...new Set(named)].filter((it) => !Object.hasOwn(components.schemas, it ?? ""))).toEqual([]);
  expect(text.includes("$defs")).toBe(false);
  expect(components.schemas).toMatchObject({ Run: { properties: { id: { format: "uuid" } } } });
});

it("leaves the numbers of parameters as they were written", () => {
  const text = '{"path":"~/a.ipynb","parameters":{"x":1.0,"n":12345678901234567890,"y":NaN}}';
  const body = submitRunSchema.parse(parseWireJson(text));
  expect(body.parameters).toEqual(new RawJson('{"x":1.0,"n":12345678901234567890,"y":NaN}'));
  expect(encodeWireJson(body)).toBe(text);
});
