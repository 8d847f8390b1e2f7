/**
 * The lines of a file as text, one by one, so that only one of them is in memory.
 *
 * @param options.mostBytes - A line that is longer is left out.
 * @param options.onLeftOut - Told of each.
 */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  { mostBytes, onLeftOut }: { readonly mostBytes: number; readonly onLeftOut: () => void },
): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array): void => {
    size += part.byteLength;
    if (size <= mostBytes) parts.push(part);
    else parts = [];
  };
  const end = (): string => {
    if (size > mostBytes) onLeftOut();
    const line = Buffer.concat(parts).toString("utf8");
    [parts, size] = [[], 0];
    return line;
  };
  for await (const part of bytes) {
    let from = 0;
    for (let at = part.indexOf(NEW_LINE); at >= 0; at = part.indexOf(NEW_LINE, from)) {
      keep(part.subarray(from, at));
      from = at + 1;
      const line = end();
      if (line !== "") yield line;
    }
    keep(part.subarray(from));
  }
  const line = end();
  if (line !== "") yield line;
}

const NEW_LINE = 10;
