/** Cuts a text into pieces of about `length` UTF-16 units, never inside of a character. An empty text has one. */
export function* textPieces(text: string, length: number): Generator<string, void, void> {
  let at = 0;
  do {
    const end = at + length;
    const isInside = end < text.length && isHighSurrogate(text.charCodeAt(end - 1));
    const piece = text.slice(at, isInside ? end + 1 : end);
    yield piece;
    at += piece.length;
  } while (at < text.length);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
