import { createFolds, type Folds, toggleFold } from "@notemill/viewer";
import { useMemo, useState } from "react";
import type { Command } from "../shell/commands.ts";
import { usePageCommands } from "../shell/page-commands.ts";

/** What is folded of the notebook of a page, with the keys that fold and unfold. */
export function useFolds(): Folds {
  const [folds] = useState(createFolds);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        name: "Fold or unfold the code of a cell, or a section",
        keys: ["i"],
        run: () => toggleFold("source", "text", "section"),
      },
      { name: "Fold or unfold the output of a cell", keys: ["o"], run: () => toggleFold("outputs") },
      { name: "Fold all code", keys: ["z", "c"], run: () => folds.setAll("source", true) },
      { name: "Fold all outputs", keys: ["z", "o"], run: () => folds.setAll("outputs", true) },
      { name: "Fold all sections", keys: ["z", "s"], run: () => folds.setAll("section", true) },
      {
        name: "Unfold all",
        keys: ["z", "u"],
        run: () =>
          (["source", "text", "outputs", "section"] as const).forEach((part) => folds.setAll(part, false)),
      },
    ],
    [folds],
  );
  usePageCommands(commands);
  return folds;
}
