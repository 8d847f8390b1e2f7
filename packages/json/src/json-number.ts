/**
 * A JSON number kept as its text, because a JavaScript number would lose it:
 * `1.0`, `1e5`, `12345678901234567890`, `-0`, and Python's `NaN` and `Infinity`.
 */
export class JsonNumber {
  /** The literal exactly as it was, or will be, written. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest JavaScript number; may round. */
  toNumber(): number {
    return Number(this.text);
  }

  /** Whether Python would read this literal as an `int`. */
  get isInteger(): boolean {
    return /^-?\d+$/.test(this.text);
  }

  /** Called by `JSON.stringify`, which has no way to write the literal: gives the nearest number. */
  toJSON(): number {
    return this.toNumber();
  }
}
