import type { FilePage } from "@notemill/api";

/** A shared directory as a page: names with links, nothing active, nothing loaded. */
export function directoryPage(
  { entries, next }: FilePage,
  { title, address, isTop }: { readonly title: string; readonly address: string; readonly isTop: boolean },
): string {
  const rows = entries.map(({ name, kind, size }) => {
    const isDirectory = kind === "directory";
    const href = `${address}/${encodeURIComponent(name)}`;
    const label = `${name}${isDirectory ? "/" : ""}`;
    return `<li><a href="${escape(href)}">${escape(label)}</a>${size === null ? "" : ` <small>${size} bytes</small>`}</li>`;
  });
  const above = isTop
    ? ""
    : `<p><a href="${escape(address.slice(0, address.lastIndexOf("/")))}">above</a></p>`;
  const more =
    next === null
      ? ""
      : `<p><a href="${escape(`${address}?cursor=${encodeURIComponent(next)}`)}">more</a></p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}</style>
</head><body><h1>${escape(title)}</h1>${above}<ul>${rows.join("\n")}</ul>${more}</body></html>
`;
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => NAMED[sign] ?? sign);
}
