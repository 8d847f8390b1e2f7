import { beforeAll, describe, it } from "vitest";
import { expectAgreementAfterAnyChange, loadSchemas } from "./official-schema.ts";

beforeAll(loadSchemas);

describe("validateNotebook", () => {
  it.each([0, 1, 2, 3, 4])(
    "finds what the official schema finds after any one change to a 4.%i",
    expectAgreementAfterAnyChange,
  );
});
