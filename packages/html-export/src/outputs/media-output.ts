import { escapeAttribute } from "../escape-html.ts";
import { type Bundle, bundleText } from "./bundle.ts";
import { counted } from "./cut-text.ts";
import { note } from "./note.ts";

/** Sounds and films that browsers play by themselves, and nothing else. */
const MEDIA = /^(?:audio\/(?:wav|x-wav|mpeg|mp3|ogg|flac|aac|mp4|webm)|video\/(?:mp4|webm|ogg))$/;

/** What IPython's `Audio` and `Video` make: one element with one source whose bytes are in it. */
const IN_MARKUP =
  /^\s*<(audio|video)\b[^<>]{0,500}?(?:\bsrc="(data:[^"<>]*)"[^<>]{0,200})?>\s{0,100}(?:<source\b[^<>]{0,100}?\bsrc="(data:[^"<>]*)"[^<>]{0,100}>)?[^<>]{0,500}<\/\1>\s*$/i;

/** The most characters around the bytes; what has more is something else. */
const MOST_MARKUP = 4000;

/** Plays a sound or a film of a bundle, whose bytes are in the page; `undefined` where there is none. */
export function renderMedia(bundle: Bundle): string | undefined {
  for (const mimeType of Object.keys(bundle.data)) {
    if (!MEDIA.test(mimeType)) continue;
    const data = bundleText(bundle, mimeType);
    const media = data === undefined ? undefined : player(mimeType, data, bundle.page.maxOutputLength);
    if (media !== undefined) return media;
  }
  const [, , own, inner] = mediaMarkup(bundleText(bundle, "text/html") ?? "") ?? [];
  const [, mimeType = "", data = ""] = /^data:([a-z0-9/-]+);base64,(.*)$/is.exec(own ?? inner ?? "") ?? [];
  return MEDIA.test(mimeType) ? player(mimeType, data, bundle.page.maxOutputLength) : undefined;
}

/** The pattern is for little markup around one long address: in anything else it could look for hours. */
function mediaMarkup(html: string): RegExpExecArray | null {
  const from = html.indexOf("data:");
  const to = html.indexOf('"', from);
  const isShort = from !== -1 && to !== -1 && from + html.length - to <= MOST_MARKUP;
  return isShort ? IN_MARKUP.exec(html) : null;
}

function player(mimeType: string, base64: string, limit: number): string | undefined {
  const data = base64.replaceAll(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined;
  const [kind = ""] = mimeType.split("/");
  if (data.length > limit)
    return note(
      `A recording (${mimeType}) of ${counted(data.length)} characters is left out; ${counted(limit)} are allowed.`,
    );
  const source = escapeAttribute(`data:${mimeType};base64,${data}`);
  const label = kind === "audio" ? "Sound" : "Film";
  return `<${kind} class="media" controls="" aria-label="${label}" src="${source}"></${kind}>`;
}
