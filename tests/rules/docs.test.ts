import { existsSync, globSync, readFileSync } from "node:fs";
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
