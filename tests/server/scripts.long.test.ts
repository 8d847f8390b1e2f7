import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, R } from "../requirements.ts";
import { notemill } from "../support/cli.ts";
import { follow, startPlatform, statuses, type TestPlatform } from "../support/platform.ts";

describeWith(R, "scripts of other languages on the server", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-languages-"));
  const peers = resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers");
  let platform: TestPlatform;

  beforeAll(async () => {
    await mkdir(join(directory, "home"));
    platform = await startPlatform(directory, [], { JUPYTER_PATH: join(peers, "share", "jupyter") });
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const cases = [
    {
      name: "report.R",
      source: [
        'n <- 1L\nwho <- "nobody"',
        "",
        'cat(who, "has", n + 1L, "\\n")',
        'write.csv(data.frame(x = 1:n), file.path(Sys.getenv("NOTEMILL_OUTPUTS"), "rows.csv"))',
      ],
      failing: ['stop("no rows here")', 'cat("no rows here\\n"); quit(status = 3)'],
    },
    {
      name: "report.sh",
      source: [
        'n=1\nwho="nobody"',
        "",
        'echo "$who has $((n + 1))"',
        'seq "$n" > "$NOTEMILL_OUTPUTS/rows.csv"',
      ],
      failing: [
        "echo no rows here >&2; false",
        "set -e\necho no rows here\nls /nowhere\necho behind",
        "echo no rows here; exit 3",
      ],
    },
  ];
  it.each(cases)("have their parameters, outputs and failures: $name", async ({ name, source, failing }) => {
    const { client, env } = platform;
    await writeFile(join(directory, name), source.join("\n"));
    const words = ["runs", "submit", name, "-p", "n", "41", "-p", "who", 'it\'s "me" $HOME'];
    const { stdout, stderr } = await notemill(words, { env, cwd: directory });
    expect(stderr).toBe("");
    const id = stdout.trim();
    expect(statuses(await follow(client, id))).toBe("queued starting running succeeded");
    const output = Buffer.from(await client.getNotebook(id)).toString("utf8");
    expect(output).toContain(JSON.stringify(`it's "me" $HOME has 42`).slice(1, -1));
    expect((await client.listArtifacts(id)).artifacts).toMatchObject([{ name: "rows.csv" }]);

    const language = name.endsWith(".R") ? ("r" as const) : ("bash" as const);
    for (const source of failing) {
      const script = { language, source: `n=1\n\n${source}` };
      const failed = await client.submitRun({ script });
      expect(statuses(await follow(client, failed.id)), source).toBe("queued starting running failed");
      expect((await client.getRun(failed.id)).failure).toMatchObject({ code: "CELL_FAILED" });
      expect(Buffer.from(await client.getNotebook(failed.id)).toString("utf8")).toContain("no rows here");
    }
  });
});
