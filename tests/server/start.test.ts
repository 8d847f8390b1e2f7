import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { createClient } from "../../packages/client/src/index.ts";
import { notemill, startCommand, withDirectory } from "../support/cli.ts";
import { seenEvent, statuses } from "../support/platform.ts";

it("npm start serves the examples, one of them on a schedule of every minute, and Ctrl-C drains", async () => {
  await withDirectory(async (directory) => {
    const env = { NOTEMILL_DATA: join(directory, "data"), NOTEMILL_TOKEN: "" };
    const command = [resolve("scripts/start.mjs"), "--port", "0"];
    const start = startCommand(process.execPath, command, { env, detached: true });
    await start.said("watch them: ");
    const { url } = JSON.parse(await readFile(join(directory, "data", "server.json"), "utf8")) as {
      url: string;
    };
    const token = (await readFile(join(directory, "data", "token"), "utf8")).trim();
    const client = createClient({ serverUrl: url, token });

    const { schedules } = await client.listSchedules({ name: "every-minute" });
    expect(schedules).toMatchObject([
      { path: "/shared/examples/experiment.ipynb", spec: { kind: "cron", cron: "* * * * *" } },
    ]);
    const listed = await notemill(["schedules", "list"], { env });
    expect(listed.stdout).toContain("every-minute");
    const { exitCode, stdout } = await notemill(["schedules", "run-now", "every-minute"], { env });
    expect(exitCode).toBe(0);
    const id = /[0-9a-f-]{36}/.exec(stdout)?.[0] ?? "";

    for await (const event of client.followRun(id)) if (statuses([seenEvent(event)]) === "starting") break;
    // A terminal sends Ctrl-C to every process of the group.
    process.kill(-(start.process.pid ?? 0), "SIGINT");
    const { exitCode: ended, stderr } = await start.result;
    expect([ended, stderr]).toEqual([0, expect.stringContaining("waiting for runs that are under way")]);
    const [manifest] = globSync(join(directory, "data", "runs", "*", "*", id, "1", "manifest.json"));
    const record = JSON.parse(await readFile(manifest ?? "", "utf8")) as { attempt: { status: string } };
    expect(record.attempt.status).toBe("succeeded");
  });
});
