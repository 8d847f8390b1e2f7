import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const pages = globSync("{*.md,docs/**/*.md,{apps,packages}/*/README.md,examples/*.md,python/*.md}").sort();

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(path: string): string[] {
  return [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}

describe("documentation", () => {
  it.each(pages)("%s links only to what is there", (page) => {
    const broken = [...readFileSync(page, "utf8").matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = "", anchor] = target.split("#");
        const path = file === "" ? page : normalize(join(dirname(page), file));
        if (!existsSync(path)) return true;
        return anchor !== undefined && path.endsWith(".md") && !anchorsOf(path).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it("has a page for every package", () => {
    const missing = globSync("{apps,packages}/*/package.json").filter(
      (manifest) => !existsSync(join(dirname(manifest), "README.md")),
    );
    expect(missing).toEqual([]);
  });
});

/** A picture that a page shows, with the words for those who do not see it. */
interface Picture {
  readonly path: string;
  readonly alt: string;
}

/** The pictures of a page: `![words](path)`, `<img>`, and the `<source>` for another theme. */
function picturesOf(page: string): readonly Picture[] {
  const text = readFileSync(page, "utf8");
  const markdown = [...text.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, alt = "", path = ""]) => [
    path,
    alt,
  ]);
  const html = [...text.matchAll(/<(?:img|source) [^>]*>/g)].map(([tag]) => [
    /(?:src|srcset)="([^"]*)"/.exec(tag)?.[1] ?? "",
    tag.startsWith("<source") ? "as the <img> says" : (/alt="([^"]*)"/.exec(tag)?.[1] ?? ""),
  ]);
  return [...markdown, ...html].map(([path = "", alt = ""]) => ({
    path: normalize(join(dirname(page), path)),
    alt,
  }));
}

describe("pictures", () => {
  const shown = pages.flatMap((page) => picturesOf(page).map((picture) => ({ page, ...picture })));

  it.each(shown)("$page shows $path, which is there, small and described", ({ path, alt }) => {
    expect(statSync(path).size).toBeLessThanOrEqual(200_000);
    expect(alt.length).toBeGreaterThan(10);
  });

  it("are all shown somewhere, the sweep and the report in the README", () => {
    expect([...new Set(shown.map(({ path }) => path))].sort()).toEqual(globSync("docs/images/*").sort());
    expect(picturesOf("README.md").map(({ path }) => path)).toEqual([
      "docs/images/sweep.png",
      "docs/images/report-dark.png",
      "docs/images/report-light.png",
    ]);
  });
});
