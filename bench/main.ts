import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PEERS } from "./command.ts";
import { browserRows } from "./rows-browser.ts";
import { commandRows } from "./rows-commands.ts";
import { libraryRows } from "./rows-library.ts";
import { platformRows } from "./rows-platform.ts";
import { figures, keepResult, ratioOf } from "./write-report.ts";

// Both sides use the kernel of the peers' environment.
process.env["NOTEMILL_VENV"] = PEERS;

const wanted = process.argv.slice(2);
const directory = await mkdtemp(join(tmpdir(), "notemill-bench-"));
const versions = peerVersions();
try {
  const rows = [
    ...commandRows(directory),
    ...libraryRows(directory),
    ...platformRows(directory),
    ...browserRows(directory),
  ]
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .sort((a, b) => a.number - b.number);
  if (rows.length === 0) throw new Error(`no benchmark is named ${wanted.join(", ")}`);
  for (const row of rows) {
    console.log(`${row.number}. ${row.work}, against ${row.peer} …`);
    const result = { row, measured: await row.measure((text) => console.log(`   ${text}`)) };
    await keepResult(result, versions, new Date());
    const { ours, peer } = result.measured;
    const ratio = ratioOf(result);
    const isMet = ratio <= row.bar;
    if (!isMet) process.exitCode = 1;
    const verdict = isMet ? "met" : "MISSED";
    console.log(
      `   ${figures(ours, row.unit)} against ${figures(peer, row.unit)}: ratio ${ratio.toFixed(3)}, bar ${row.bar}: ${verdict}`,
    );
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
function peerVersions(): string {
  const program =
    "import importlib.metadata as m, platform; " +
    "print(', '.join(f'{n} {m.version(n)}' for n in ('papermill', 'nbclient', 'ipykernel')), 'on Python', platform.python_version())";
  return execFileSync(join(PEERS, "bin", "python"), ["-c", program], { encoding: "utf8" }).trim();
}
