import { mkdir, rm, writeFile } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Delivery } from "../../packages/api/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, type TestPlatform } from "../support/platform.ts";

/** A message as a receiver got it. */
interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

describe("deliveries", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-deliveries-"));
  const received: Received[] = [];
  const mails: string[] = [];
  /** How often the receiver is still to refuse, and with what. */
  const answers: { status: number; location?: string }[] = [];
  /** Is told of the next message to `/held`, which is not answered then. */
  let onHeld: (() => void) | null = null;
  let receiver: Server;
  let smtp: SMTPServer;
  let host: string;
  let platform: TestPlatform;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (request.url === "/held" && onHeld !== null) {
          onHeld();
          onHeld = null;
          return;
        }
        const { status, location } = answers.shift() ?? { status: 200 };
        const { url: path = "", headers } = request;
        if (status === 200) received.push({ path, headers, body: Buffer.concat(chunks).toString("utf8") });
        response.writeHead(status, location === undefined ? {} : { location }).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    host = `127.0.0.1:${(receiver.address() as { port: number }).port}`;
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onAuth: ({ username, password }, _session, done) =>
        done(username === "me" && password === "p w" ? null : new Error("who is that"), { user: username }),
      onRcptTo: ({ address }, _session, done) =>
        done(
          address.startsWith("nobody@")
            ? Object.assign(new Error("no such mailbox"), { responseCode: 550 })
            : null,
        ),
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          mails.push(Buffer.concat(chunks).toString("utf8"));
          done();
        });
      },
    });
    const smtpPort = await new Promise<number>((resolve) => {
      const listening = smtp.listen(0, "127.0.0.1", () =>
        resolve((listening.address() as { port: number }).port),
      );
    });
    await mkdir(join(directory, "home"));
    await writeNotebook(join(directory, "home", "good.ipynb"), [
      "rows = 3",
      "from IPython.display import display\ndisplay({'application/scrapbook.scrap.json+json': {'name': 'rows', 'data': rows, 'encoder': 'json', 'version': 1}}, raw=True, metadata={'scrapbook': {'name': 'rows', 'data': True}})",
      "secret_of_the_code = 1\nprint('the result is', rows)",
    ]);
    await writeNotebook(join(directory, "home", "bad.ipynb"), [
      "rows = 3",
      "def check(n):\n    raise ValueError(f'only {n} rows <here>')\n\ncheck(rows)",
    ]);
    platform = await startPlatform(
      directory,
      [
        "--allow-webhook",
        host,
        "--mail-from",
        "notemill@example.org",
        "--public-url",
        "https://notes.example/",
      ],
      { NOTEMILL_SMTP_URL: `smtp://me:p%20w@127.0.0.1:${smtpPort}` },
    );
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await rm(directory, { recursive: true, force: true });
  });

  const command = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runCommand([...words], { env: platform.env });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    return stdout;
  };
  /** The only delivery of a run once it is in a state. */
  async function delivery(run: string, state: Delivery["state"]): Promise<Delivery> {
    const latest = async (): Promise<Delivery | undefined> =>
      (await platform.client.listDeliveries({ run })).deliveries[0];
    await expect.poll(async () => (await latest())?.state).toBe(state);
    return (await latest()) as Delivery;
  }

  it("quote the cell that failed, in what Slack takes", async () => {
    const url = `http://${host}/services/T0/B0/secret`;
    await command("schedules", "create", "~/bad.ipynb", "--name", "nightly", "--at", "2099-01-01T00:00:00Z");
    const rules = await command("deliveries", "add", "nightly", "--deliver", url, "--deliver-on", "failed");
    expect(rules).toContain(`http://${host}/…`);
    expect(rules).not.toContain("secret");
    const run = (await command("schedules", "run-now", "nightly", "--slot", "2026-03-29T05:00:00Z")).trim();
    const sent = await delivery(run, "sent");
    expect(sent).toMatchObject({ event: "failed", attempts: 1, slot: "2026-03-29T05:00:00.000Z" });
    const [message] = received.splice(0);
    expect(message?.path).toBe("/services/T0/B0/secret");
    const { text, blocks } = JSON.parse(message?.body ?? "") as { text: string; blocks: unknown[] };
    expect(text.split("\n").slice(0, 3)).toEqual([
      ":x: nightly has failed",
      "cell 2, line 4: ValueError: only 3 rows &lt;here&gt;",
      "`check(rows)`",
    ]);
    expect(text).toContain(`<https://notes.example/runs/${run}|run ${run}>`);
    expect(blocks).toHaveLength(1);
    expect(await command("deliveries", "list", "--schedule", "nightly")).toMatch(
      /failed +http:\S+ +sent +\S+\n/,
    );
    const id = /[0-9a-f-]{36}/.exec(rules)?.[0] ?? "";
    expect(await command("deliveries", "remove", "nightly", id)).toBe("nobody is told anything\n");
  });

  it("send a result as values and as a page without its code, by mail and as JSON", async () => {
    const what = ["--deliver-on", "succeeded", "--deliver-scrap", "rows", "--deliver-page"];
    const json = ["--deliver", `http://${host}/json`, "--deliver-format", "json"];
    const receivers = [...json, "--deliver", "ann@example.org"];
    const run = (await command("runs", "submit", "~/good.ipynb", ...what, ...receivers)).trim();
    await follow(platform.client, run);
    await expect.poll(() => received.length + mails.length).toBe(2);
    const [message] = received.splice(0);
    const body = JSON.parse(message?.body ?? "") as { page: string } & Record<string, unknown>;
    expect(body).toMatchObject({
      event: "succeeded",
      scraps: { rows: 3 },
      run: { id: run, status: "succeeded" },
    });
    expect(body.page).toContain("the result is 3");
    expect(body.page).not.toContain("secret_of_the_code");
    expect(message?.headers["notemill-event"]).toBe("succeeded");
    const [mail = ""] = mails.splice(0);
    expect(mail).toMatch(/^From: notemill@example\.org\r$/m);
    expect(mail).toMatch(/^To: ann@example\.org\r$/m);
    expect(mail).toMatch(/^Subject: \[notemill\] \/home\/\S+\/good\.ipynb has succeeded\r$/m);
    expect(mail).toContain("rows: 3");
    expect(mail).toMatch(/Content-Type: text\/html; name=report\.html/);
  });

  it("quote the cell that failed in a workflow-run, by a rule of its own", async () => {
    const flow = join(directory, "flow.yaml");
    await writeFile(flow, "name: flow\nsteps:\n  - {key: a, type: notebook, path: ~/bad.ipynb}\n");
    await command("workflows", "apply", "-f", flow);
    const to = ["--deliver", `http://${host}/flow`, "--deliver-format", "json", "--deliver-on", "failed"];
    const id = (await command("workflows", "run", "flow", ...to)).trim();
    await expect.poll(() => received.length).toBe(1);
    const [message] = received.splice(0);
    expect(JSON.parse(message?.body ?? "")).toMatchObject({
      event: "failed",
      text: expect.stringContaining("flow has failed\ncell 2, line 4: ValueError: only 3 rows") as string,
      workflow_run: { id, status: "failed" },
      failure: { cell_number: 2 },
    });
    expect(await command("deliveries", "list", "--workflow-run", id)).toMatch(new RegExp(`failed .* ${id}`));
    const refused = ["workflows", "run", "flow", "--deliver", "x@example.org", "--deliver-on", "late"];
    expect((await runCommand(refused, { env: platform.env })).stderr).toContain("DELIVERY_RULE_INVALID");
  });

  it("are tried again, given up where that is no use, and shown with the reason", async () => {
    const { client } = platform;
    const submit = async (to: string): Promise<string> =>
      (await command("runs", "submit", "~/good.ipynb", "--deliver-on", "succeeded", "--deliver", to)).trim();

    answers.push({ status: 503 });
    const later = await submit(`http://${host}/later`);
    await expect
      .poll(async () => (await client.listDeliveries({ run: later })).deliveries[0]?.problem)
      .toContain("answered 503");
    const [waiting] = (await client.listDeliveries({ run: later })).deliveries;
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1 });
    await command("deliveries", "retry", `${waiting?.id}`);
    await delivery(later, "sent");
    expect(received.splice(0).map(({ path }) => path)).toEqual(["/later"]);

    answers.push({ status: 404 });
    expect(await delivery(await submit(`http://${host}/gone`), "given_up")).toMatchObject({ attempts: 1 });
    const other = await submit("http://localhost:1/x");
    expect((await delivery(other, "given_up")).problem).toMatch(
      /private address; allow it with --allow-webhook localhost:1/,
    );
    // What is allowed may not send on to what is not.
    answers.push({ status: 307, location: "http://[::1]:1/metadata" });
    expect((await delivery(await submit(`http://${host}/on`), "given_up")).problem).toContain(
      "private address",
    );
    answers.push({ status: 307, location: "/moved" });
    await delivery(await submit(`http://${host}/moving`), "sent");
    expect(received.splice(0).map(({ path }) => path)).toEqual(["/moved"]);
    expect((await delivery(await submit("nobody@example.org"), "given_up")).problem).toContain(
      "no such mailbox",
    );
    expect(await command("deliveries", "list", "--state", "given_up")).toContain("given_up (1 attempt): ");
    const metrics = await client.metrics();
    expect(metrics).toContain('notemill_outbox{state="given_up"} 4');
  });

  it("tell of a schedule that did not start, and refuse rules that never could", async () => {
    const { client } = platform;
    const made = await client.createSchedule({
      path: "~/bad.ipynb",
      name: "soon",
      spec: { kind: "interval", every_seconds: 1 },
    });
    await client.addDeliveryRule(made.id, {
      on: ["not_started"],
      after_seconds: 30,
      to: { kind: "webhook", url: `http://${host}/alert` },
    });
    await rm(join(directory, "home", "bad.ipynb"));
    await expect.poll(() => received.length).toBeGreaterThan(0);
    await client.deleteSchedule(made.id);
    const { text } = JSON.parse(received[0]?.body ?? "") as { text: string };
    expect(text).toMatch(/^:no_entry: soon did not start within 30 s of its slot\nthere is no notebook at/);

    const refused = (rule: object): Promise<unknown> =>
      client
        .submitRun({
          path: "~/good.ipynb",
          deliveries: [{ on: ["failed"], to: { kind: "webhook", url: "https://a.example/" }, ...rule }],
        })
        .catch((error: { code: string; status: number }) => [error.status, error.code]);
    expect(await refused({ on: ["late"] })).toEqual([422, "DELIVERY_RULE_INVALID"]);
    expect(await refused({ page: true })).toEqual([422, "DELIVERY_RULE_INVALID"]);
    expect(await refused({ to: { kind: "webhook", url: "ftp://a.example/" } })).toEqual([
      422,
      "DELIVERY_RULE_INVALID",
    ]);
    expect(await refused({ to: { kind: "email", addresses: ["a b"] } })).toEqual([400, "REQUEST_INVALID"]);
  });

  it("are sent by the next server at once where one ends in order", async () => {
    const held = new Promise<void>((resolve) => (onHeld = resolve));
    const { id } = await platform.client.submitRun({
      path: "~/good.ipynb",
      deliveries: [{ on: ["cancelled"], to: { kind: "webhook", url: `http://${host}/held` } }],
    });
    await platform.client.cancelRun(id);
    await held;
    await platform.kill("SIGTERM");
    await platform.restart();
    expect(await delivery(id, "sent")).toMatchObject({ event: "cancelled", attempts: 2 });
  });
});
