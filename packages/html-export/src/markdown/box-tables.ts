/**
 * Puts the tables of sanitised markup into boxes that scroll when a table is
 * wider than its place. Tables in tables stay as they are.
 */
export function boxTables(html: string): string {
  if (!html.includes("<table")) return html;
  let depth = 0;
  return html.replaceAll(/<(\/?)table(?=[ >])[^>]*>/g, (tag, slash: string) => {
    if (slash === "") return depth++ === 0 ? `${OPEN}${tag}` : tag;
    return --depth === 0 ? `${tag}</section>` : tag;
  });
}

const OPEN = '<section class="box" role="group" aria-label="Table" tabindex="0">';
