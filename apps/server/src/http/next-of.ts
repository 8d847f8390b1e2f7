/** `before` of the next page, of rows of which one more than the limit was asked for; null on the last page. */
export function nextOf(rows: readonly { readonly id: string }[], limit: number): string | null {
  return rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
}
