/**
 * A JSON value that nobody has looked into: valid JSON text (with Python's
 * `NaN` and `Infinity` allowed), kept as it was.
 *
 * Large mime data stays in this form from the kernel's message to the file.
 */
export class RawJson {
  /** JSON text of one value, without surrounding white space. */
  readonly text: string;

  /** @param text - Trusted to be valid JSON; use `scanJson` first when it is not. */
  constructor(text: string) {
    this.text = text;
  }

  /** Called by `JSON.stringify`: the value with JavaScript's numbers, or the text where it holds `NaN`. */
  toJSON(): unknown {
    try {
      return JSON.parse(this.text) as unknown;
    } catch {
      return this.text;
    }
  }
}
