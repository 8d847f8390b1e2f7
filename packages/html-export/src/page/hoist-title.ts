/** A heading taken out of the markup that it began. */
export interface HoistedTitle {
  /** What was in the heading. */
  readonly html: string;
  readonly id: string | undefined;
  /** The markup without it. */
  readonly rest: string;
}

/** Takes out the heading of level 1 that sanitised markup begins with. */
export function hoistTitle(html: string): HoistedTitle | undefined {
  const match = /^\s*<h1((?: [a-z]+="[^"]*")*)>([\s\S]*?)<\/h1>/.exec(html);
  const [whole = "", attributes = "", content = ""] = match ?? [];
  if (content.trim() === "") return undefined;
  const id = / id="([^"]*)"/.exec(attributes)?.[1];
  return { html: content.trim(), id, rest: html.slice(whole.length) };
}
