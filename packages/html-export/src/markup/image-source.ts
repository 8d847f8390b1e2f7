/** MIME types of pictures that browsers decode to pixels and nothing else. */
export const RASTER_TYPES: readonly string[] = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "image/avif",
];

/**
 * Makes a `data:` address of a raster image.
 *
 * @param base64 - White space in it is allowed, as some kernels wrap lines.
 * @returns `undefined` when it is not base64, or not of a raster type.
 */
export function rasterSource(mimeType: string, base64: string): string | undefined {
  const data = base64.replaceAll(/\s+/g, "");
  if (!RASTER_TYPES.includes(mimeType) || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined;
  return `data:${mimeType};base64,${data}`;
}

/**
 * Makes a `data:` address of an SVG document, for `<img>` only: there a browser
 * runs no script in it and loads nothing for it.
 *
 * @returns `undefined` when the text has no `<svg>` element.
 */
export function svgSource(svg: string): string | undefined {
  const start = svg.search(/<svg[\s>/]/i);
  if (start < 0) return undefined;
  const document = withNamespace(svg.slice(start).toWellFormed());
  return `data:image/svg+xml;charset=utf-8,${document.replaceAll(RESERVED, encodeURIComponent)}`;
}

/** Reads the `src` of an image in markup: `data:` addresses of the types above. */
export function embeddedSource(address: string): string | undefined {
  const match = /^data:(image\/[a-z+]+)((?:;[a-z0-9=-]+)*),/i.exec(address.trimStart());
  const [head = "", type = "", options = ""] = match ?? [];
  const mimeType = type.toLowerCase();
  const isBase64 = options.toLowerCase().endsWith(";base64");
  const data = address.trimStart().slice(head.length);
  if (mimeType === "image/svg+xml") return isBase64 ? base64Svg(data) : svgSource(decoded(data));
  return isBase64 ? rasterSource(mimeType, decoded(data)) : undefined;
}

// What an address or an attribute would read as something else; a parser drops line ends and tabs.
const RESERVED = /[%#"<>&\\^`{|}\s]/g;

/** An SVG from an HTML page may lack the namespace that a file needs. */
function withNamespace(svg: string): string {
  const tag = /^<svg(?:[^>"']|"[^"]*"|'[^']*')*/i.exec(svg)?.[0] ?? "";
  return /\sxmlns\s*=/.test(tag) ? svg : `<svg xmlns="http://www.w3.org/2000/svg"${svg.slice(4)}`;
}

function base64Svg(data: string): string | undefined {
  const base64 = decoded(data).replaceAll(/\s+/g, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? `data:image/svg+xml;base64,${base64}` : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
