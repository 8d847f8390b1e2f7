import { isJsonObject, type JsonObject } from "@notemill/json";
import { escapeAttribute } from "../escape-html.ts";
import { rasterSource, svgSource } from "../markup/image-source.ts";
import { numberAt, objectAt, textAt } from "../read-json.ts";
import { isEmptyTalk } from "./bundle.ts";
import { counted } from "./cut-text.ts";
import { note } from "./note.ts";

/** A picture in an output, and where it comes from. */
export interface ImageOutput {
  readonly mimeType: string;
  /** Base64, or the text of an SVG document. */
  readonly data: string;
  /** Metadata of the whole output. */
  readonly metadata: JsonObject;
  /** The bundle's `text/plain`. */
  readonly text: string | undefined;
  readonly limit: number;
}

/** Shows a picture as `<img>` with its bytes in the page; `undefined` when the data is none. */
export function renderImage(image: ImageOutput): string | undefined {
  const { mimeType, data, limit } = image;
  const source = mimeType === "image/svg+xml" ? svgSource(data) : rasterSource(mimeType, data);
  if (source === undefined) return undefined;
  if (data.length > limit) {
    return note(
      `A picture (${mimeType}) of ${counted(data.length)} characters is left out; ${counted(limit)} are allowed.`,
    );
  }
  const alt = escapeAttribute(alternative(image));
  return `<img class="picture" src="${escapeAttribute(source)}" alt="${alt}"${sizeOf(image)}>`;
}

function alternative({ mimeType, metadata, text }: ImageOutput): string {
  const own = textAt(objectAt(metadata, mimeType), "alt") ?? textAt(metadata, "alt");
  if (own !== undefined && own.trim() !== "") return own.slice(0, 2000);
  const figure = /^<Figure size (\d+)x(\d+)/.exec(text ?? "");
  if (figure) return `Figure, ${figure[1]} by ${figure[2]}`;
  return text === undefined || /^<.*>$/s.test(text) || isEmptyTalk(text) ? "Picture" : text.slice(0, 200);
}

/** Jupyter puts the size under the MIME type; older kernels put it at the top. */
function sizeOf({ mimeType, metadata }: ImageOutput): string {
  const inner = metadata[mimeType];
  const where = isJsonObject(inner) ? inner : metadata;
  return ["width", "height"]
    .map((name) => [name, Math.round(numberAt(where, name) ?? 0)] as const)
    .filter(([, value]) => value > 0 && value <= 10_000)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}
