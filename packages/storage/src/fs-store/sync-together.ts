import { fstatSync, fsync } from "node:fs";
import { promisify } from "node:util";

const syncDescriptor = promisify(fsync);

/** One putting on the disk of a directory. */
interface Turn {
  readonly done: Promise<void>;
  /** The one after it, where somebody waits for that. */
  next: Turn | null;
}

/** The turn that is under way, by directory. */
const turns = new Map<string, Turn>();

/**
 * Puts what was done in a directory on the disk. Those who ask while that is under way wait for the next
 * turn, which is one for all of them: records that are made at once in the directory of a month take few.
 *
 * @param descriptor - Of the directory, open until this resolves; everybody may have one of their own.
 * @throws the system's error, to all whose turn it was.
 */
export function syncTogether(descriptor: number): Promise<void> {
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  const key = `${dev} ${ino}`;
  const current = turns.get(key);
  if (current !== undefined) return (current.next ??= takeTurn(key, descriptor, current.done)).done;
  const turn = takeTurn(key, descriptor, null);
  turns.set(key, turn);
  return turn.done;
}

function takeTurn(key: string, descriptor: number, before: Promise<void> | null): Turn {
  const sync = async (): Promise<void> => {
    // What went wrong with those before is theirs to be told.
    await before?.catch(() => undefined);
    if (before !== null) turns.set(key, turn);
    try {
      await syncDescriptor(descriptor);
    } finally {
      if (turn.next === null) turns.delete(key);
    }
  };
  const turn: Turn = { done: sync(), next: null };
  return turn;
}
