import { RawJson } from "@notemill/json";
import type { Attachments, MimeBundle } from "@notemill/nbformat";
import { RASTER_TYPES, rasterSource, svgSource } from "../markup/image-source.ts";

/** Gives the picture that `attachment:NAME` in a Markdown cell stands for, as a `data:` address. */
export function findAttachment(address: string, attachments: Attachments): string | undefined {
  if (!/^attachment:/i.test(address)) return undefined;
  const name = address.slice("attachment:".length);
  const bundle = [name, decoded(name)].map((it) => ownBundle(attachments, it)).find((it) => it !== undefined);
  if (!bundle) return undefined;
  for (const type of RASTER_TYPES) {
    const data = textOf(bundle, type);
    const source = data === undefined ? undefined : rasterSource(type, data);
    if (source !== undefined) return source;
  }
  const svg = textOf(bundle, "image/svg+xml");
  return svg === undefined ? undefined : svgSource(svg);
}

function ownBundle(attachments: Attachments, name: string): MimeBundle | undefined {
  return Object.hasOwn(attachments, name) ? attachments[name] : undefined;
}

function textOf(bundle: MimeBundle, type: string): string | undefined {
  const data = Object.hasOwn(bundle, type) ? bundle[type] : undefined;
  return data === undefined || data instanceof RawJson ? undefined : data;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
