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

  it("is reached from the README: each package, guide and reference page, and the threat model", () => {
    const readme = readFileSync("README.md", "utf8");
    const ours = globSync("{{apps,packages}/*/README.md,docs/{guides,reference}/*.md,docs/threat-model.md}")
      .map((path) => path.replace(/\/README\.md$/, ""))
      .filter((path) => !readme.includes(`](${path})`));
    expect(ours).toEqual([]);
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

  it("are all shown somewhere, and are those that npm run screenshots makes, in less than 6 MB", async () => {
    const there = globSync("docs/images/**/*.*").sort();
    expect([...new Set(shown.map(({ path }) => path))].sort()).toEqual(there);
    const { allPictures } = (await fromScripts("picture-list.mjs")) as { allPictures(): readonly string[] };
    expect(there).toEqual(allPictures().map((name) => `docs/images/${name}`));
    const bytes = there.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThanOrEqual(6_000_000);
  });

  it("are a gallery of every page at three widths in both themes (vitest --update writes it anew)", async () => {
    const { galleryPage } = (await fromScripts("gallery.mjs")) as { galleryPage(): string };
    await expect(galleryPage()).toMatchFileSnapshot("../../docs/guides/web-app-pages.md");
  });

  it("are in the README of the main pages, each in the theme of the reader", () => {
    const main = ["run-form", "failed", "sweep", "workflow-run"].flatMap((name) =>
      ["dark", "light"].map((theme) => `docs/images/pages/${name}-1440-${theme}.webp`),
    );
    expect(picturesOf("README.md").map(({ path }) => path)).toEqual([
      "docs/images/sweep.png",
      "docs/images/report-dark.png",
      "docs/images/report-light.png",
      ...main,
    ]);
  });
});

/** What makes the pictures; it has no types. */
function fromScripts(name: string): Promise<unknown> {
  return import(new URL(`../../scripts/pictures/${name}`, import.meta.url).href);
}
