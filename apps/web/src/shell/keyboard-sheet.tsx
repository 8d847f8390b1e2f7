import type { ReactNode } from "react";
import type { Command } from "./commands.ts";
import { HelpSheet } from "./help-sheet.tsx";
import { Palette } from "./palette.tsx";

/** What the keyboard opens: the palette of commands, or a list of keys. */
export function KeyboardSheet({
  shows,
  commands,
  palette,
  onClose,
}: {
  readonly shows: "palette" | "help";
  readonly commands: readonly Command[];
  /** The keys that open the palette. */
  readonly palette: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  if (shows === "palette") return <Palette commands={commands} onClose={onClose} />;
  return <HelpSheet commands={commands} palette={palette} onClose={onClose} />;
}
