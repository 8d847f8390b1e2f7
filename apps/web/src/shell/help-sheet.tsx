import type { ReactNode } from "react";
import type { Command } from "./commands.ts";
import { Keys } from "./palette.tsx";
import { Sheet } from "./sheet.tsx";

/** Lists what keys do on the page at hand. */
export function HelpSheet({
  commands,
  palette,
  onClose,
}: {
  readonly commands: readonly Command[];
  /** The keys that open the palette. */
  readonly palette: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Sheet label="Shortcuts" className="help" onClose={onClose}>
      <h2>Shortcuts</h2>
      <dl>
        <div>
          <dt>Find a command, or open a path</dt>
          <dd>
            <Keys keys={palette} />
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
