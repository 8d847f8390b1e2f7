import { expect, it } from "vitest";
import { apiReferencePage } from "../../packages/api/src/reference-page.ts";

it("docs/reference/api.md says what the operations take and answer (vitest -u writes it anew)", async () => {
  await expect(apiReferencePage()).toMatchFileSnapshot("../../docs/reference/api.md");
});
