import { embeddedSource } from "../markup/image-source.ts";

/** Text whose long `data:` addresses were replaced by short ones. */
export interface ShortenedText {
  readonly text: string;
  /** Gives the picture behind a short address. */
  readonly findImage: (address: string) => string | undefined;
}

const SCHEME = "attachment:inline-image-";

/**
 * Takes pictures that are written into Markdown out of it: a parser would go
 * through their megabytes letter by letter, and some editors paste them so.
 */
export function shortenImages(text: string): ShortenedText {
  const sources: string[] = [];
  const shortened = text.replaceAll(/data:image\/[a-z+]{3,10};base64,[A-Za-z0-9+/=]{500,}/gi, (source) => {
    return `${SCHEME}${sources.push(source) - 1}`;
  });
  return {
    text: shortened,
    findImage(address) {
      const index = address.startsWith(SCHEME) ? Number(address.slice(SCHEME.length)) : -1;
      const source = sources[index];
      return source === undefined ? undefined : embeddedSource(source);
    },
  };
}
