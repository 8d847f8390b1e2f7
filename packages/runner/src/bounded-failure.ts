import { type RunFailure, shortened } from "@notemill/executor";

/** Most characters of what an exception says, and of each piece of its traceback. */
const MOST_CHARACTERS = 4000;

/** Most pieces of a traceback, half of them from its end. */
const MOST_PIECES = 100;

/**
 * A failure as the server is told: an exception may hold a whole table, and what the server knows of a run comes
 * with every list that has it. The output notebook has the exception as it was.
 */
export function boundedFailure(failure: RunFailure): RunFailure {
  const { message, ename, evalue, traceback } = failure;
  return {
    ...failure,
    message: shortened(message, MOST_CHARACTERS),
    ...(ename === undefined ? {} : { ename: shortened(ename, MOST_CHARACTERS) }),
    ...(evalue === undefined ? {} : { evalue: shortened(evalue, MOST_CHARACTERS) }),
    ...(traceback === undefined ? {} : { traceback: fewer(traceback).map(shortPiece) }),
  };
}

function shortPiece(piece: string): string {
  return shortened(piece, MOST_CHARACTERS);
}

function fewer(pieces: readonly string[]): readonly string[] {
  if (pieces.length <= MOST_PIECES) return pieces;
  const half = MOST_PIECES / 2;
  return [...pieces.slice(0, half), `… ${pieces.length - MOST_PIECES} more …`, ...pieces.slice(-half)];
}
