import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Rows of the layer table in docs/architecture.md: layer, and what each package may import. */
const TABLE = new Map(
  readFileSync("docs/architecture.md", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, layer, name, , imports] = /^\| (L\d) \| `([\w-]+)` \| (.+?) \| ?(.*?) ?\|$/.exec(line) ?? [];
      if (layer === undefined || name === undefined) return [];
      return [
        [name, { layer, allowed: [...(imports ?? "").matchAll(/`([\w-]+)`/g)].map(([, it]) => it) }] as const,
      ];
    }),
);

const manifests = globSync("{packages,apps}/*/package.json").sort();

/** Sources of a package that are shipped, tests aside. */
function sourcesOf(manifest: string): string[] {
  const sources = globSync(manifest.replace("package.json", "src/**/*.{ts,tsx}"));
  return sources.filter((path) => !path.endsWith(".test.ts"));
}

function nameOf(manifest: string): string {
  return manifest.split("/")[1] ?? "";
}

describe("layers", () => {
  it("have a row for every package, and no other", () => {
    expect([...TABLE.keys()].sort()).toEqual(manifests.map(nameOf).sort());
  });

  it.each(manifests)("%s depends only on what its row allows", (manifest) => {
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies?: object };
    const used = Object.keys(dependencies).filter((it) => it.startsWith("@notemill/"));
    const stray = used.filter(
      (it) => TABLE.get(nameOf(manifest))?.allowed.includes(it.slice("@notemill/".length)) !== true,
    );
    expect(stray).toEqual([]);
  });

  it.each(manifests)("the sources of %s import only what it depends on", (manifest) => {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
      dependencies?: object;
      peerDependencies?: object;
    };
    const declared = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    const stray = sourcesOf(manifest).flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/(?<![.\w])(?:from|import)\s*\(?"(@?[a-z][^"]*)"/g)]
        .map(([, specifier = ""]) => specifier)
        .filter((specifier) => !specifier.startsWith("node:"))
        .filter((specifier) => !declared.some((it) => specifier === it || specifier.startsWith(`${it}/`)))
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(stray).toEqual([]);
  });

  it.each(manifests.filter((it) => ["L0", "L1"].includes(TABLE.get(nameOf(it))?.layer ?? "")))(
    "the sources of %s are pure",
    (manifest) => {
      const impure =
        /from "node:|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bcrypto\./;
      const found = sourcesOf(manifest).filter((path) =>
        impure.test(withoutComments(readFileSync(path, "utf8"))),
      );
      expect(found).toEqual([]);
    },
  );
});

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}
