/**
 * Notebook metadata that describes how a document was opened and is never stored.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html#notebook-metadata
 */
export const TRANSIENT_METADATA: readonly string[] = ["orig_nbformat", "orig_nbformat_minor", "signature"];
