import { createHash } from "node:crypto";
import { globSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawJson } from "../../packages/json/src/index.ts";
import { notemill } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

/** Has what shells, JSON, HTML and URLs write otherwise. */
const SECRET = `hunter2 "quoted" 'q' \\ <&> /ü`;

describe("secrets", () => {
  const directory = SHARED_DIRECTORY;
  const home = join(directory, "home");
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    await mkdir(join(home, "reports"), { recursive: true });
    await command(["secrets", "set", "warehouse", "--grant", "~/reports/**"], `${SECRET}\n`);
  });
  afterAll(releaseSharedPlatform);

  const command = async (args: readonly string[], input?: string): Promise<string> => {
    const options = { env: platform.env, ...(input === undefined ? {} : { input }) };
    const { stdout, exitCode } = await notemill(args, options);
    expect(exitCode).toBe(0);
    return stdout.trim();
  };
  /** Files of the server that have a text in them. */
  const filesWith = async (text: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const path of globSync("**/*", { cwd: platform.dataDirectory })) {
      const full = join(platform.dataDirectory, path);
      if (statSync(full).isFile() && (await readFile(full)).includes(text)) found.push(path);
    }
    return found;
  };

  it("reach a kernel by its environment, and nothing else: no notebook, event, log, file or table", async () => {
    await writeNotebook(join(home, "reports", "use.ipynb"), [
      "password = ''\nother = 1",
      "import hashlib; print('sha', hashlib.sha256(password.encode()).hexdigest())",
      "import sys, time\nhalf = len(password) // 2\nprint('in two', password[:half], end='', flush=True)\ntime.sleep(0.2)\nprint(password[half:], flush=True)",
      "import base64, json, html, urllib.parse\nprint(base64.b64encode(f'user:{password}'.encode()), json.dumps(password), html.escape(password), urllib.parse.quote(password), repr(password))",
      "from IPython.display import display\ndisplay({'application/json': {password: [password]}, 'text/html': f'<b>{password}</b>', 'text/plain': ''}, raw=True)",
      "import os, pathlib\nout = pathlib.Path(os.environ['NOTEMILL_OUTPUTS'])\n(out / 'leak.txt').write_text('x' * 70000 + password)\n(out / 'fine.txt').write_text('fine')\nprint(sorted(name for name in os.environ if 'SECRET' in name or 'KEY' in name))",
      "raise ValueError(password)",
    ]);
    const id = await command([
      "runs",
      "submit",
      "~/reports/use.ipynb",
      "-y",
      "password: {secret: warehouse}",
    ]);
    const events = await follow(platform.client, id);
    expect(statuses(events)).toBe("queued starting running failed");

    const notebook = Buffer.from(await platform.client.getNotebook(id)).toString("utf8");
    expect(notebook).toContain(createHash("sha256").update(SECRET).digest("hex"));
    expect(notebook).toContain("in two[secret warehouse]".replace("two[", "two ["));
    expect(notebook).toContain("['NOTEMILL_SECRET_warehouse']");
    expect(notebook).toContain('os\\").environ[\\"NOTEMILL_SECRET_warehouse\\"]');
    expect(JSON.parse(notebook).metadata.papermill.parameters).toEqual({ password: { secret: "warehouse" } });
    const run = await platform.client.getRun(id);
    expect(run.failure).toMatchObject({ ename: "ValueError", evalue: "[secret warehouse]" });
    expect((await platform.client.listArtifacts(id)).artifacts.map(({ name }) => name)).toEqual(["fine.txt"]);
    expect(await platform.client.verifyRecords({ run: id })).toMatchObject({ problems: [] });

    await platform.kill("SIGTERM");
    for (const text of ["hunter2", Buffer.from(`user:${SECRET}`).toString("base64").slice(8, 24)])
      expect([JSON.stringify(events), JSON.stringify(run), await filesWith(text)].join()).not.toMatch(text);
    expect(await filesWith("hunter2")).toEqual([]);
    await platform.restart();
  });

  it("are taken out of what a kept kernel says too", async () => {
    const { client } = platform;
    await writeNotebook(join(home, "reports", "fails.ipynb"), ["password = ''", "1 / 0"]);
    const { id } = await client.submitRun({
      path: "~/reports/fails.ipynb",
      parameters: new RawJson('{"password": {"secret": "warehouse"}}'),
      keep_kernel_ms: 60_000,
    });
    await follow(client, id);
    const said: string[] = [];
    for await (const event of client.executeCode(
      id,
      "print(len(password), password[:9], end='', flush=True)\nprint(password[9:])\npassword",
    ))
      said.push(JSON.stringify(event));
    expect(said.join()).toContain("[secret warehouse]");
    expect(said.join()).not.toContain("hunter2");
    for await (const event of client.executeCode(id, "raise KeyError(password)"))
      said.push(JSON.stringify(event));
    expect(said.join()).toContain("KeyError");
    expect(said.join()).not.toContain("hunter2");
    const resumed = await client.resumeRun(id, { cells: { c1: "print('on', password)" } });
    expect(statuses(await follow(client, resumed.id))).toBe("queued starting running succeeded");
    const notebook = Buffer.from(await client.getNotebook(resumed.id)).toString("utf8");
    expect(notebook).toContain("on [secret warehouse]");
  });

  it("can be read in SQL, after their key was changed, and by whom they are granted to alone", async () => {
    const { client } = platform;
    await client.putSecret("token", { text: "abcdefgh-1" });
    const script = {
      language: "sql" as const,
      source:
        "SET VARIABLE token = '';\n\nSELECT length(getvariable('token')) AS n, getvariable('token') AS t",
      name: "q.sql",
    };
    const parameters = new RawJson('{"token": {"secret": "token"}}');
    await expect(client.submitRun({ script, parameters })).rejects.toMatchObject({
      code: "SECRET_NOT_GRANTED",
    });
    expect(await command(["secrets", "grant", "token", "/scripts/q.sql"])).toBe("/scripts/q.sql");

    const keyFile = join(platform.dataDirectory, "secret-key");
    const before = await readFile(keyFile, "utf8");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(await command(["secrets", "rotate-key"])).toBe("2 secrets have been sealed anew");
    const after = await readFile(keyFile, "utf8");
    expect(after).not.toBe(before);
    expect(after.trim().split("\n")).toHaveLength(1);

    const { id } = await client.submitRun({ script, parameters });
    expect(statuses(await follow(client, id))).toBe("queued starting running succeeded");
    const notebook = Buffer.from(await client.getNotebook(id)).toString("utf8");
    expect(notebook).toContain("[secret token]");
    expect(notebook).not.toContain("abcdefgh-1");

    expect(await command(["secrets", "grant", "token", "/scripts/q.sql", "--revoke"])).toBe(
      "no notebook may use it",
    );
    await expect(client.rerunRun(id, {})).rejects.toMatchObject({ code: "SECRET_NOT_GRANTED" });
    expect(
      (await command(["secrets", "list", "--json"])).split("\n").map((line) => JSON.parse(line).name),
    ).toEqual(["token", "warehouse"]);
    await command(["secrets", "rm", "token"]);
    await expect(client.rerunRun(id, {})).rejects.toMatchObject({ code: "SECRET_NOT_FOUND" });

    // A key that opens nothing: the secret is not given, and the attempt says so.
    await writeFile(keyFile, before);
    const other = await client.submitRun({
      path: "~/reports/use.ipynb",
      parameters: new RawJson('{"password": {"secret": "warehouse"}}'),
    });
    expect(statuses(await follow(client, other.id))).toBe("queued starting failed");
    expect((await client.getRun(other.id)).failure).toMatchObject({ code: "SECRET_NOT_AVAILABLE" });
  });

  it.each([
    ["short", "1234567", "ok_name"],
    ["with NUL", "12345678\0", "ok_name"],
    ["named with a slash", "12345678", "a/b"],
    ["named like a variable's end", "12345678", "a=b"],
  ])("that are %s are refused", async (_what, text, name) => {
    await expect(platform.client.putSecret(name, { text })).rejects.toMatchObject({
      code: "REQUEST_INVALID",
    });
  });

  it("of a wrong type are refused before anything starts", async () => {
    await writeNotebook(join(home, "reports", "typed.ipynb"), ["n: int = 1", "n"]);
    const parameters = new RawJson('{"n": {"secret": "warehouse"}}');
    await expect(
      platform.client.submitRun({ path: "~/reports/typed.ipynb", parameters }),
    ).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
  });
});
