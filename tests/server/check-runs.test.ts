import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("a run in a clean directory", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    await mkdir(join(directory, "home", "data"), { recursive: true });
  });
  afterAll(releaseSharedPlatform);

  const test = (...words: readonly string[]): ReturnType<typeof runCommand> =>
    runCommand(words, { env: platform.env });

  it("finds files that are not declared, and saved outputs that are not its own", async () => {
    await writeFile(join(directory, "home", "data", "a.csv"), "1,2");
    await writeFile(join(directory, "home", "helpers.py"), "x = 1");
    const path = join(directory, "home", "report.ipynb");
    await writeNotebook(path, ["import helpers", "print(open('data/a.csv').read())", "print('new')"]);
    const saved = JSON.parse(await readFile(path, "utf8")) as { cells: Record<string, unknown>[] };
    const outputs = [{ output_type: "stream", name: "stdout", text: "old\n" }];
    Object.assign(saved.cells[1] ?? {}, { execution_count: 7 });
    Object.assign(saved.cells[2] ?? {}, { execution_count: 3, outputs });
    await writeFile(path, JSON.stringify(saved));

    const submit = ["runs", "submit", "~/report.ipynb", "--test"];
    const first = await test(...submit);
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain("missing: helpers: declare it with --file helpers.py");
    const schedule = ["schedules", "create", "~/report.ipynb", "--cron", "0 6 * * *", "--test"];
    const second = await test(...schedule, "--file", "helpers.py");
    expect(second).toMatchObject({ exitCode: 1, stdout: "" });
    expect(second.stderr).toContain("missing: data/a.csv: declare it with --file data/a.csv");
    expect((await platform.client.listSchedules()).schedules).toEqual([]);

    const third = await test(...submit, "--file", "helpers.py", "--file", "data/*.csv", "--json");
    expect(third.exitCode).toBe(1);
    expect(JSON.parse(third.stdout)).toMatchObject({
      status: "succeeded",
      missing_files: [],
      stale_cells: [{ cell_id: "c2", cell_index: 2, saved: "old\n", now: "new\n" }],
      out_of_order: [{ cell_id: "c2", cell_index: 2, execution_count: 3 }],
    });

    // What the run gave is what it would be saved with.
    Object.assign(saved.cells[1] ?? {}, { execution_count: 2 });
    Object.assign(saved.cells[2] ?? {}, { outputs: [{ ...outputs[0], text: "new\n" }] });
    await writeFile(path, JSON.stringify(saved));
    const fourth = await test(...schedule, "--file", "helpers.py", "--file", "data/*.csv");
    expect(fourth).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("At 06:00") as string });
    expect((await platform.client.listSchedules()).schedules).toHaveLength(1);
  });
});
