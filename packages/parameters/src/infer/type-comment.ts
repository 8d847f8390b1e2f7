/** What a comment behind a default says: `# type: T help`, or help alone. */
export interface TypeComment {
  readonly typeText: string | undefined;
  readonly help: string;
}

/** Reads a comment, its marker already gone. The type ends at the first space outside brackets. */
export function readTypeComment(comment: string): TypeComment {
  const text = comment.trim();
  const found = /^type:\s*/.exec(text);
  if (!found) return { help: text, typeText: undefined };
  const rest = text.slice(found[0].length);
  const end = endOfType(rest);
  return { help: rest.slice(end).trim(), typeText: rest.slice(0, end) || undefined };
}

function endOfType(text: string): number {
  const firstSpace = text.search(/\s|$/);
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("[({<".includes(char)) open += 1;
    else if ("])}>".includes(char)) open -= 1;
    else if (open === 0 && /\s/.test(char)) return at;
  }
  // A bracket that never closes is no part of a type.
  return open === 0 ? text.length : firstSpace;
}
