import { createHmac } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { globSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import type { CreateSchedule, Slot } from "../../packages/api/src/index.ts";
import { createClient, createRunnerClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("schedules that wait for events", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-events-"));
  const home = join(directory, "home");
  let server: PlatformServer;
  let client: PlatformClient;

  beforeAll(async () => {
    await mkdir(join(home, "in"), { recursive: true });
    await writeNotebook(join(home, "load.ipynb"), ["what = None"]);
    await writeNotebook(join(home, "next.ipynb"), ["what = None"]);
    await writeFile(join(home, "in", "old.csv"), "old");
    await placeEmptyDatabase(join(directory, "data", "db"));
    server = await startServer({ dataDirectory: join(directory, "data"), homeDirectory: home, port: 0 });
    client = createClient({ serverUrl: server.url, token: server.token });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const create = async (schedule: Omit<CreateSchedule, "path"> & { path?: string }): Promise<string> =>
    (await client.createSchedule({ path: "~/load.ipynb", ...schedule })).id;
  /** The newest slots of a schedule once there are so many with a run, oldest first. */
  async function started(id: string, count: number): Promise<readonly Slot[]> {
    const latest = async (): Promise<readonly Slot[]> => (await client.listSlots(id)).slots.toReversed();
    await expect.poll(async () => (await latest()).filter((it) => it.run_id !== null).length).toBe(count);
    return latest();
  }
  const parametersOf = async (slot: Slot | undefined): Promise<string> =>
    (await client.getRun(slot?.run_id ?? "")).parameters.text;
  const post = (
    path: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : new Uint8Array(body),
      headers: { "content-type": "application/json", ...headers },
    });

  it("run once for a delivery that knows the secret, with its body as it was sent", async () => {
    const id = await create({
      name: "hook",
      spec: { kind: "webhook" },
      concurrency: { kind: "parallel", limit: 10 },
      parameters: new RawJson('{"what": {"cel": "trigger.body.order"}, "n": {"cel": "trigger.body[\'n\']"}}'),
    });
    const path = `/api/v1/hooks/${id}`;
    // Nobody gets in before there is a secret.
    expect((await post(path, "{}", { authorization: "Bearer " })).status).toBe(401);
    const { secret } = await client.renewWebhookSecret(id);
    const bearer = { authorization: `Bearer ${secret}` };
    const body = '{"order": "a-1", "n": 12345678901234567890}';
    const first = await post(path, body, { ...bearer, "notemill-delivery": "d1" });
    const again = await post(path, body, { ...bearer, "notemill-delivery": "d1" });
    const slot = (await first.json()) as { slot_id: string };
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await again.json()).toEqual({ slot_id: slot.slot_id, is_new: false });
    const signature = `sha256=${createHmac("sha256", secret).update('{"order": "b-2", "n": 1.0}').digest("hex")}`;
    const signed = await post(path, '{"order": "b-2", "n": 1.0}', {
      "x-hub-signature-256": signature,
      "content-type": "text/plain",
    });
    expect(signed.status).toBe(202);
    const slots = await started(id, 2);
    expect(await Promise.all(slots.map(parametersOf))).toEqual([
      '{"what":"a-1","n":12345678901234567890}',
      '{"what":"b-2","n":1.0}',
    ]);
    expect(slots[0]?.body).toEqual(new RawJson(body));

    // What is wrong is refused alike, whether there is such a webhook or not.
    const problem = async (response: Promise<Response>): Promise<unknown> => {
      const { status, code, detail } = (await (await response).json()) as Record<string, unknown>;
      return { status, code, detail };
    };
    const forged = problem(post(path, body, { "x-hub-signature-256": signature }));
    expect(await forged).toMatchObject({ status: 401, code: "WEBHOOK_REFUSED" });
    expect(await problem(post(`/api/v1/hooks/${crypto.randomUUID()}`, body, bearer))).toEqual(await forged);
    expect(await problem(post("/api/v1/hooks/x", body, bearer))).toEqual(await forged);
    expect(await problem(post(path, "{", bearer))).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
    expect((await post(path, Buffer.from([0x22, 0xff, 0x22]), bearer)).status).toBe(400);
    const large = Buffer.alloc(2 ** 20 + 1, " ");
    expect(await problem(post(path, large, bearer))).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
    // The server's own token is none of a webhook's, and the other way round.
    expect((await post(path, body, { authorization: `Bearer ${server.token}` })).status).toBe(401);
    expect((await post(`/api/v1/schedules/${id}/pause`, "{}", bearer)).status).toBe(401);

    // Who has the database alone has no secret; and another key of the server changes nothing for callers.
    const isKept = async (text: string): Promise<boolean> => {
      const parts = globSync(join(directory, "data", "db", "**", "*"), { withFileTypes: true });
      for (const part of parts)
        if (part.isFile() && (await readFile(join(part.parentPath, part.name))).includes(text)) return true;
      return false;
    };
    expect([await isKept("webhook:d1"), await isKept(secret)]).toEqual([true, false]);
    await client.rotateSecretKey();
    expect((await post(path, body, { ...bearer, "notemill-delivery": "d1" })).status).toBe(202);

    const { secret: other } = await client.renewWebhookSecret(id);
    expect((await post(path, body, bearer)).status).toBe(401);
    await client.pauseSchedule(id);
    expect((await post(path, body, { authorization: `Bearer ${other}` })).status).toBe(202);
    expect((await client.listSlots(id)).slots[0]?.skipped).toMatchObject({ code: "SLOT_PAUSED" });
    await client.deleteSchedule(id);
    expect((await post(path, body, { authorization: `Bearer ${other}` })).status).toBe(401);
  });

  it("run after another schedule, for the instant that its slot stood for", async () => {
    const upstream = await create({ name: "upstream", spec: { kind: "once", at: "2099-01-01T00:00:00Z" } });
    const id = await create({
      name: "downstream",
      path: "~/next.ipynb",
      spec: { kind: "after", schedule_id: upstream },
      parameters: new RawJson('{"what": {"cel": "trigger.body.status + \' \' + string(trigger.slot)"}}'),
    });
    const never = await create({
      name: "alarm",
      path: "~/next.ipynb",
      spec: { kind: "after", path: "~/load.ipynb", outcomes: ["failed"] },
    });
    const run = await client.runSchedule(upstream, { slot: "2026-03-29T01:00:00Z" });
    const runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
    const facts = { id: crypto.randomUUID(), name: "test", slots: 9, version: "1" };
    const { attempts } = await runner.claim({ runner: facts, limit: 9, wait_ms: 0, started_by: null });
    const attempt = attempts.find((it) => it.run_id === run.id);
    const fence = attempt?.fence ?? 0;
    const events = [{ kind: "cell-started", at: new Date().toISOString(), data: new RawJson("{}") }];
    await runner.appendEvents(attempt?.id ?? "", { fence, first: 0, events });
    await runner.complete(attempt?.id ?? "", {
      fence,
      status: "succeeded",
      failure: null,
      facts: null,
      kernel_until: null,
    });
    const [slot] = await started(id, 1);
    expect(await parametersOf(slot)).toBe('{"what":"succeeded 2026-03-29T01:00:00Z"}');
    expect((await client.listSlots(never)).slots).toEqual([]);

    const refused = create({ name: "circle", spec: { kind: "after", path: "~/load.ipynb" } });
    await expect(refused).rejects.toMatchObject({ status: 422, code: "SCHEDULE_FOLLOWS_ITSELF" });
    const closed = create({ name: "closed", spec: { kind: "file", pattern: "/runs/**" } });
    await expect(closed).rejects.toMatchObject({ status: 400, code: "REQUEST_INVALID" });
    const unknown = create({ name: "unknown", spec: { kind: "after", schedule_id: crypto.randomUUID() } });
    await expect(unknown).rejects.toMatchObject({ status: 404, code: "SCHEDULE_NOT_FOUND" });
  });

  it("run after a schedule that starts a workflow, and tell how that ended", async () => {
    const steps = '[{"key": "pause", "type": "wait", "until": "trigger.slot"}]';
    await client.applyWorkflow({ name: "short", definition: new RawJson(`{"steps": ${steps}}`) });
    const spec = { kind: "once", at: "2099-01-01T00:00:00Z" } as const;
    const { id: upstream } = await client.createSchedule({ workflow: "short", name: "of a workflow", spec });
    const id = await create({ name: "behind it", spec: { kind: "after", schedule_id: upstream } });
    // Nobody listens there: what is told is in the outbox.
    const to = { kind: "webhook", url: "http://127.0.0.1:1/" } as const;
    await client.addDeliveryRule(upstream, { on: ["succeeded", "failed"], to });
    await client.runSchedule(upstream, { slot: "2026-03-29T01:00:00Z" });
    const [slot] = await started(id, 1);
    expect(slot?.slot).toBe("2026-03-29T01:00:00.000Z");
    expect(slot?.body?.text).toMatch(/"workflow_run_id":\s?"[0-9a-f-]{36}","status":\s?"succeeded"/);
    const told = async (): Promise<unknown> =>
      (await client.listDeliveries({ schedule: upstream })).deliveries;
    await expect.poll(told).toMatchObject([{ event: "succeeded", state: "given_up" }]);
  });

  it("run for each file that appears, when it is whole, and are made on the command line", async () => {
    const env = { NOTEMILL_DATA: join(directory, "data"), NOTEMILL_TOKEN: "" };
    const command = async (...words: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await runCommand(["schedules", ...words], { env });
      expect(stderr).toBe("");
      return stdout;
    };
    const parallel = ["--concurrency", "parallel:9", "-p", "what", "${trigger.body.path}"];
    const when = ["--on-file", "~/in/*.csv", "--settle", "1s", "--look-every", "1s"];
    const made = await command("create", "~/load.ipynb", "--name", "files", ...when, ...parallel);
    expect(made).toMatch(/When +When \/home\/\w+\/in\/\*\.csv appears or changes\n/);
    expect(made).toMatch(/State +active\n/);
    await writeFile(join(home, "in", "new.csv"), "1");
    await writeFile(join(home, "in", "other.txt"), "1");
    const { schedules } = await client.listSchedules({ name: "files" });
    const id = schedules[0]?.id ?? "";
    const [slot, ...others] = await started(id, 1);
    expect(await parametersOf(slot)).toMatch(/^\{"what":"\/home\/\w+\/in\/new\.csv"\}$/);
    expect(others).toEqual([]);
    await writeFile(join(home, "in", "old.csv"), "changed");
    const [, second] = await started(id, 2);
    expect(await parametersOf(second)).toContain("old.csv");

    const hook = await command("create", "~/load.ipynb", "--name", "hook 2", "--webhook");
    expect(hook).toMatch(/Webhook +http:\S+\/api\/v1\/hooks\/\S+\nSecret +nmwh_\S+\n/);
    expect(await command("secret", "hook 2")).toMatch(/Secret +nmwh_\S+\n/);
    const followed = await command(
      "create",
      "~/next.ipynb",
      "--name",
      "third",
      "--after",
      "files",
      "--outcome",
      "failed",
    );
    expect(followed).toContain("After each run of schedule");
    expect(await command("run-now", "files", "--body", '{"path": "by hand"}')).toMatch(/^[0-9a-f-]{36}\n$/);
    expect(await parametersOf((await client.listSlots(id)).slots[0])).toBe('{"what":"by hand"}');
  });
});
