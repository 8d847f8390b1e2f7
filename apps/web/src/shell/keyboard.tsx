import { type ReactNode, useMemo, useState } from "react";
import { COMMANDS, type Command } from "./commands.ts";
import { useAllPageCommands } from "./page-commands.ts";
import { Keys, Palette } from "./palette.tsx";
import { Sheet } from "./sheet.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const HELP = ["?"];
const PALETTE = ["Mod+k"];

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
  if (open === "palette") return <Palette commands={commands} onClose={close} />;
  if (open === "none") return null;
  return (
    <Sheet label="Shortcuts" className="help" onClose={close}>
      <h2>Shortcuts</h2>
      <dl>
        <div>
          <dt>Find a command, or open a path</dt>
          <dd>
            <Keys keys={PALETTE} />
          </dd>
        </div>
        {commands.map(({ name, keys }) =>
          keys === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Keys keys={keys} />
              </dd>
            </div>
          ),
        )}
      </dl>
    </Sheet>
  );
}
