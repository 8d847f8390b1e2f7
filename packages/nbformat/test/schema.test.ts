import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, it } from "vitest";
import { mutate, mutation } from "./arbitrary-mutation.ts";
import type { Plain } from "./arbitrary-mutation.ts";
import { expectAgreement, expectAgreementAfterAnyChange, loadSchemas, minorOf } from "./official-schema.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

const notebooks = readdirSync(FIXTURES)
  .map(
    (name) =>
      JSON.parse(
        readFileSync(new URL(name, FIXTURES), "utf8").replaceAll(/-?\b(?:NaN|Infinity)\b/g, "0.5"),
      ) as Plain,
  )
  .filter((notebook) => minorOf(notebook) !== undefined);

beforeAll(loadSchemas);

describe("validateNotebook", () => {
  it("finds what the official schema finds after any one change to a 4.5", () =>
    expectAgreementAfterAnyChange(5));

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
