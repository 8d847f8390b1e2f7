import { validateNotebook } from "@notemill/nbformat";
import Ajv from "ajv-draft-04";
import type { ValidateFunction } from "ajv-draft-04";
import { expect } from "vitest";
import { startPython } from "../../json/test/python-process.ts";
import { everyMutation, mutate } from "./arbitrary-mutation.ts";
import type { Plain } from "./arbitrary-mutation.ts";
import { everyField } from "./every-field.ts";

let schemas: readonly ValidateFunction[];

/** Gets the official schemas of nbformat 4.0 to 4.5 from Jupyter's own package. */
export async function loadSchemas(): Promise<void> {
  const python = startPython(new URL("nbformat-oracle.py", import.meta.url));
  const compiled: ValidateFunction[] = [];
  for (let minor = 0; minor <= 5; minor++) {
    const schema = (await python.ask({ schema: minor })) as object;
    compiled.push(new Ajv.default({ strict: false }).compile(schema));
  }
  await python.close();
  schemas = compiled;
}

/** The minor version of a notebook of nbformat 4.0 to 4.5. */
export function minorOf(notebook: Plain): number | undefined {
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
export function expectAgreement(notebook: Plain): void {
  const schema = schemas[minorOf(notebook) ?? -1];
  if (schema === undefined) return;
  const found = problems(notebook);
  if ((found.length === 0) === schema(notebook)) return;
  expect.fail(
    `we find ${JSON.stringify(found)}, the schema ${JSON.stringify(schema.errors)} in ${JSON.stringify(notebook)}`,
  );
}

/** Expects the official schema of a version to agree after any one change to a notebook with every field. */
export function expectAgreementAfterAnyChange(minor: number): void {
  const notebook = everyField(minor);
  expect(problems(notebook)).toEqual([]);
  for (const change of everyMutation(notebook)) expectAgreement(mutate(notebook, change));
}
