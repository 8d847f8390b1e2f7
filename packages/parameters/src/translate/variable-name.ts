/** A rule for {@link Dialect.variable}: names that match `pattern` and are not in `reserved`. */
export function variableRule(
  pattern: RegExp,
  reserved: ReadonlySet<string>,
): (name: string) => string | undefined {
  return (name) => (pattern.test(name) && !reserved.has(name) ? name : undefined);
}

/** Reserved words, written one after the other. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
