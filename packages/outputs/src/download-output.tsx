import type { MimeBundle } from "@notemill/nbformat";
import { RawJson } from "@notemill/json";
import type { ReactNode } from "react";

/** A part of an output that nobody here shows, to be saved. */
export interface UnshownPart {
  readonly mimeType: string;
  readonly data: string | RawJson;
}

/** What is shown in some way, or is there beside what is. */
const SHOWN =
  /^(?:text\/(?:plain|html|markdown|latex)|image\/(?:png|jpeg|webp|gif|avif|svg\+xml)|(?:audio|video)\/.+|application\/(?:json|javascript|ecmascript|(?:vnd\.)?geo\+json)|text\/javascript|application\/vnd\.(?:vega|vegalite)\..+|application\/(?:vnd\.(?:dataresource|plotly\.v1|jupyter\.widget-view)\+json|papermill\..+|scrapbook\..+|vnd\.notemill\..+))$/;

/** The first part of a bundle that nobody here shows; `undefined` where there is none. */
export function unshownPart(bundle: MimeBundle): UnshownPart | undefined {
  const [mimeType, data] = Object.entries(bundle).find(([type]) => !SHOWN.test(type)) ?? [];
  return mimeType !== undefined && (typeof data === "string" || data instanceof RawJson)
    ? { mimeType, data }
    : undefined;
}

/** Saves a part of an output as a file. */
export function DownloadOutput({ part }: { readonly part: UnshownPart }): ReactNode {
  return (
    <div className="output">
      <button type="button" onClick={() => save(part)}>
        Download {part.mimeType.slice(0, 80)}
      </button>
    </div>
  );
}

function save({ mimeType, data }: UnshownPart): void {
  // It is saved and never opened, whatever it calls itself.
  const url = URL.createObjectURL(new Blob([bytesOf(mimeType, data)], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { href: url, download: `output.${endingOf(mimeType)}` }).click();
  URL.revokeObjectURL(url);
}

/** Notebooks have bytes as base64, and text as it is. */
function bytesOf(mimeType: string, data: string | RawJson): string | Uint8Array<ArrayBuffer> {
  if (data instanceof RawJson) return data.text;
  const base64 = data.replaceAll(/\s+/g, "");
  const isText = /^text\/|[/+](?:xml|json|yaml)$/.test(mimeType) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  return isText || base64.length % 4 !== 0
    ? data
    : Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function endingOf(mimeType: string): string {
  const ending = /([a-z0-9]+)$/i.exec(mimeType.replace(/;.*$/, ""))?.[1] ?? "";
  return ending === "" || ending.length > 8 ? "bin" : ending;
}
