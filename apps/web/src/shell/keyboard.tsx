import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { COMMANDS, type Command } from "./commands.ts";
import { useAllPageCommands } from "./page-commands.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const HELP = ["?"];
const PALETTE = ["Mod+k"];

const loadSheet = async () => ({ default: (await import("./keyboard-sheet.tsx")).KeyboardSheet });
const KeyboardSheet = lazy(loadSheet);

/** What the keyboard does on every page: shortcuts, the palette, and a sheet that lists them. */
export function Keyboard(): ReactNode {
  const [open, setOpen] = useState<"none" | "palette" | "help">("none");
  const close = (): void => setOpen("none");
  const ofPage = useAllPageCommands();
  const commands = useMemo<readonly Command[]>(
    () => [...ofPage, ...COMMANDS, { name: "Show shortcuts", keys: HELP, run: () => setOpen("help") }],
    [ofPage],
  );
  const shortcuts = useMemo(
    () =>
      [
        ...commands.flatMap(({ keys, run }) => (keys === undefined ? [] : [{ keys, run }])),
        { keys: PALETTE, run: () => setOpen("palette") },
      ]
        // The last key of two may be one of its own.
        .toSorted((a, b) => b.keys.length - a.keys.length),
    [commands],
  );
  useShortcuts(shortcuts);
  // Once the page is there, so that nobody who types at once is ahead of it.
  useEffect(() => void loadSheet(), []);
  if (open === "none") return null;
  return (
    <Suspense fallback={null}>
      <KeyboardSheet shows={open} commands={commands} palette={PALETTE} onClose={close} />
    </Suspense>
  );
}
