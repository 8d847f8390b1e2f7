/**
 * Tells whether data of this MIME type is a JSON value rather than text.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html#display-data
 */
export function isJsonMimeType(mimeType: string): boolean {
  return (
    mimeType === "application/json" || (mimeType.startsWith("application/") && mimeType.endsWith("+json"))
  );
}
