import { isJsonObject } from "@notemill/json";
import { RASTER_TYPES } from "../markup/image-source.ts";
import { renderActive } from "./active-output.ts";
import { type Bundle, bundleJson, bundleText, tellingText } from "./bundle.ts";
import { renderLatex } from "./formula-output.ts";
import { type HtmlOutput, renderHtml } from "./html-output.ts";
import { renderImage } from "./image-output.ts";
import { renderMap } from "./map-output.ts";
import { renderMedia } from "./media-output.ts";
import { renderPlain } from "./plain-output.ts";
import { isScrapType, renderScrap } from "./scrap-output.ts";
import { renderDataResource } from "./table-output.ts";
import { textBlock } from "./text-block.ts";

const DATA_RESOURCE = "application/vnd.dataresource+json";

/**
 * Shows the richest part of a bundle that is safe, or says what it is that a
 * static page cannot show.
 *
 * HTML that lost something active comes after a picture of the same thing.
 */
export function renderBundle(bundle: Bundle): string {
  if (Object.keys(bundle.data).length === 0) return "";
  const early = renderScraps(bundle) ?? renderTable(bundle) ?? renderMedia(bundle);
  if (early !== undefined) return early;
  const html = renderHtmlOf(bundle);
  return (
    (html?.state === "whole" ? html.html : undefined) ??
    renderMarkdownOf(bundle) ??
    renderLatex(bundle) ??
    renderImages(bundle) ??
    (html?.state === "partial" ? html.html : undefined) ??
    renderMap(bundle) ??
    renderActive(bundle) ??
    (html && html.html + plainBeside(bundle)) ??
    renderPlain(bundle)
  );
}

function renderScraps(bundle: Bundle): string | undefined {
  const type = Object.keys(bundle.data).find(isScrapType);
  const raw = type === undefined ? undefined : bundleJson(bundle, type);
  return type !== undefined && raw ? renderScrap(type, raw) : undefined;
}

function renderTable(bundle: Bundle): string | undefined {
  const raw = bundleJson(bundle, DATA_RESOURCE);
  if (!raw) return undefined;
  const inner = bundle.metadata[DATA_RESOURCE];
  const metadata = { ...(isJsonObject(inner) ? inner : {}), ...bundle.metadata };
  return renderDataResource(raw, { maxRows: bundle.page.maxTableRows, metadata });
}

function renderHtmlOf(bundle: Bundle): HtmlOutput | undefined {
  const markup = bundleText(bundle, "text/html");
  return markup === undefined || markup.trim() === "" ? undefined : renderHtml(markup, bundle.page);
}

function renderMarkdownOf(bundle: Bundle): string | undefined {
  const text = bundleText(bundle, "text/markdown");
  if (text === undefined || text.trim() === "") return undefined;
  return `<section class="prose">${bundle.page.renderMarkdown(text, { headings: "looks" }).html}</section>`;
}

function renderImages(bundle: Bundle): string | undefined {
  for (const mimeType of ["image/svg+xml", ...RASTER_TYPES]) {
    const data = bundleText(bundle, mimeType);
    if (data === undefined) continue;
    const { metadata, page } = bundle;
    const text = bundleText(bundle, "text/plain");
    const image = renderImage({ mimeType, data, metadata, text, limit: page.maxOutputLength });
    if (image !== undefined) return image;
  }
  return undefined;
}

function plainBeside(bundle: Bundle): string {
  const text = tellingText(bundle);
  return text === undefined ? "" : textBlock(text, { limit: bundle.page.maxOutputLength, kind: "plain" });
}
