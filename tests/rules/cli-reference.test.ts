import { expect, it } from "vitest";
import { referencePage } from "../../apps/cli/src/command-line/reference-page.ts";
import { COMMANDS } from "../../apps/cli/src/commands.ts";

it("docs/reference/cli.md says what the commands take (vitest -u writes it anew)", async () => {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const page = referencePage(commands.filter(({ isHidden }) => isHidden !== true));
  await expect(page).toMatchFileSnapshot("../../docs/reference/cli.md");
});
