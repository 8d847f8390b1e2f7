import type { JsonObject } from "@notemill/json";
import { RawJson } from "@notemill/json";
import type { MimeBundle, Output } from "@notemill/nbformat";
import type { PageContext } from "../page/page-context.ts";

/** A MIME bundle with its metadata, and the page that it is for. */
export interface Bundle {
  readonly data: MimeBundle;
  readonly metadata: JsonObject;
  readonly page: PageContext;
  /** Renders outputs that are within this one. */
  readonly renderOutputs: (outputs: readonly Output[], page: PageContext) => string;
}

/** The bundle's text of this type. */
export function bundleText({ data }: Bundle, mimeType: string): string | undefined {
  const value = Object.hasOwn(data, mimeType) ? data[mimeType] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The bundle's JSON of this type. */
export function bundleJson({ data }: Bundle, mimeType: string): RawJson | undefined {
  const value = Object.hasOwn(data, mimeType) ? data[mimeType] : undefined;
  return value instanceof RawJson ? value : undefined;
}

/** The bundle's plain text, unless it only names a class or says that a program is missing. */
export function tellingText(bundle: Bundle): string | undefined {
  const plain = bundleText(bundle, "text/plain");
  return plain === undefined || plain.trim() === "" || isEmptyTalk(plain) ? undefined : plain;
}

/** Tells whether text says no more than what class of object stands beside it. */
export function isEmptyTalk(text: string): boolean {
  return (
    /^<[^\n]*>\s*$/.test(text) || /^alt\.\w+\(|If you see this message|^Figure(?:Widget)?\(\{/.test(text)
  );
}
