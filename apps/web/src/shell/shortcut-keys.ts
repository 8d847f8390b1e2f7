/** A key press, as far as shortcuts need it. */
export interface KeyPress {
  readonly key: string;
  readonly isWithControl: boolean;
  /** When, in milliseconds. */
  readonly at: number;
}

/** How long the second key of two may take, in milliseconds. */
const TOGETHER_MS = 1500;

/**
 * Finds which of some shortcuts the last key presses are.
 *
 * @param shortcuts - Each one or two keys; `Mod+k` is with Control or Command.
 * @param presses - Oldest first.
 * @returns The place of the shortcut; -1 where they are none.
 */
export function findShortcut(
  shortcuts: readonly (readonly string[])[],
  presses: readonly KeyPress[],
): number {
  const names = presses.map(({ key, isWithControl }) => (isWithControl ? `Mod+${key.toLowerCase()}` : key));
  return shortcuts.findIndex((keys) => {
    const last = presses.slice(-keys.length);
    const isQuick = (last.at(-1)?.at ?? 0) - (last[0]?.at ?? 0) <= TOGETHER_MS;
    return isQuick && keys.length > 0 && keys.join(" ") === names.slice(-keys.length).join(" ");
  });
}
