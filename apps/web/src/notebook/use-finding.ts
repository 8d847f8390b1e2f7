import { stepCell } from "@notemill/viewer";
import { useMemo, useState } from "react";
import type { Command } from "../shell/commands.ts";
import { usePageCommands } from "../shell/page-commands.ts";

/** Whether somebody looks for something in the notebook of a page. Its keys go from cell to cell too. */
export function useFinding(): readonly [isFinding: boolean, setFinding: (isFinding: boolean) => void] {
  const [isFinding, setFinding] = useState(false);
  const commands = useMemo<readonly Command[]>(
    () => [
      { name: "Find in this notebook", keys: ["f"], run: () => setFinding(true) },
      { name: "Next cell", keys: ["j"], run: () => stepCell(1) },
      { name: "Previous cell", keys: ["k"], run: () => stepCell(-1) },
    ],
    [],
  );
  usePageCommands(commands);
  return [isFinding, setFinding];
}
