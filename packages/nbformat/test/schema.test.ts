import { readdirSync, readFileSync } from "node:fs";
import { validateNotebook } from "@notemill/nbformat";
import Ajv from "ajv-draft-04";
import type { ValidateFunction } from "ajv-draft-04";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { startPython } from "../../json/test/python-process.ts";
import { everyMutation, mutate, mutation } from "./arbitrary-mutation.ts";
import type { Plain } from "./arbitrary-mutation.ts";
import { everyField } from "./every-field.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** The official schemas of nbformat 4.0 to 4.5, from Jupyter's own package. */
let schemas: readonly ValidateFunction[];

beforeAll(async () => {
  const python = startPython(new URL("nbformat-oracle.py", import.meta.url));
  const compiled: ValidateFunction[] = [];
  for (let minor = 0; minor <= 5; minor++) {
    const schema = (await python.ask({ schema: minor })) as object;
    compiled.push(new Ajv.default({ strict: false }).compile(schema));
  }
  await python.close();
  schemas = compiled;
});

const notebooks = readdirSync(FIXTURES)
  .map(
    (name) =>
      JSON.parse(
        readFileSync(new URL(name, FIXTURES), "utf8").replaceAll(/-?\b(?:NaN|Infinity)\b/g, "0.5"),
      ) as Plain,
  )
  .filter((notebook) => minorOf(notebook) !== undefined);

function minorOf(notebook: Plain): number | undefined {
  if (typeof notebook !== "object" || notebook === null || Array.isArray(notebook)) return undefined;
  const { nbformat, nbformat_minor: minor = 0 } = notebook;
  return nbformat === 4 && typeof minor === "number" && minor >= 0 && minor <= 5 ? minor : undefined;
}

/** Our problems, but for those that a schema cannot express. */
function problems(notebook: Plain): readonly string[] {
  return validateNotebook(notebook)
    .filter(({ code }) => code !== "NOTEBOOK_CELL_ID_DUPLICATE" && code !== "NOTEBOOK_VERSION_NEWER")
    .map(({ message }) => message);
}

/** Expects the official schema of the notebook's own version to agree with us. */
function expectAgreement(notebook: Plain): void {
  const schema = schemas[minorOf(notebook) ?? -1];
  if (schema === undefined) return;
  const found = problems(notebook);
  if ((found.length === 0) === schema(notebook)) return;
  expect.fail(
    `we find ${JSON.stringify(found)}, the schema ${JSON.stringify(schema.errors)} in ${JSON.stringify(notebook)}`,
  );
}

describe("validateNotebook", () => {
  it.each([0, 1, 2, 3, 4, 5])(
    "finds what the official schema finds after any one change to a 4.%i",
    (minor) => {
      const notebook = everyField(minor);
      expect(problems(notebook)).toEqual([]);
      for (const change of everyMutation(notebook)) expectAgreement(mutate(notebook, change));
    },
  );

  it("finds what the official schema finds, and nothing else, in much damaged notebooks", () => {
    const base = fc.constantFrom(...notebooks);
    const asVersion = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(base, asVersion, fc.array(mutation, { maxLength: 3 }), (notebook, minor, mutations) => {
        const versioned = { ...(notebook as object), nbformat_minor: minor };
        expectAgreement(mutations.reduce(mutate, versioned));
      }),
      { numRuns: 2000 },
    );
  });
});
