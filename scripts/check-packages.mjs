// Checks each package as npm would publish it: its shape with publint, and with Are The Types Wrong the types that
// an ES module gets. All in one process, as both tools and npm take seconds to start.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "./setup/paths.mjs";

/** How a program may look for types that an ES module on Node or in a bundler does not. */
const IGNORED = ["node10", "node16-cjs"];

const paths = [...readdirSync(join(root, "packages")).map((name) => `packages/${name}`), "apps/server"];
const directory = mkdtempSync(join(tmpdir(), "notemill-packages-"));
try {
  const tarballs = pack();
  for (const path of paths) {
    const tarball = readFileSync(tarballs.get(path));
    const problems = [...(await shapeProblems(tarball)), ...(await typeProblems(tarball))];
    for (const problem of problems) console.error(`${path}: ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Packs all packages and gives the archive of each. */
function pack() {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", directory];
  const { stdout, stderr, status } = spawnSync("npm", [...args, ...paths.map((path) => `./${path}`)], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const packed = JSON.parse(stdout);
  return new Map(paths.map((path, index) => [path, join(directory, packed[index].filename)]));
}

/** What publint finds, its warnings included. */
async function shapeProblems(tarball) {
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytes } });
  return messages
    .filter(({ type }) => type === "error")
    .map((message) => formatMessage(message, pkg, { color: false }));
}

/** What is wrong with the types. */
async function typeProblems(tarball) {
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)), {
    // A style sheet has none.
    excludeEntrypoints: [/\.css$/],
  });
  if (!types) return ["it has no types"];
  return problems.filter((it) => !IGNORED.includes(it.resolutionKind)).map((it) => JSON.stringify(it));
}
