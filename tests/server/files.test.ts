import { mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileVersion } from "../../packages/api/src/index.ts";
import { startMoto } from "../../packages/storage/testing/start-moto.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, type TestPlatform } from "../support/platform.ts";

describe("files", () => {
  let directory: string;
  let platform: TestPlatform;
  let home: string;
  let moto: Awaited<ReturnType<typeof startMoto>>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-files-"));
    home = join(directory, "home");
    await mkdir(home);
    await mkdir(join(directory, "lake"));
    moto = await startMoto();
    const mounts = [`/bucket=s3://${moto.bucket}/notebooks`, `/lake=${join(directory, "lake")}`];
    const args = [...mounts.flatMap((mount) => ["--mount", mount]), "--keep-versions", "6"];
    platform = await startPlatform(directory, args, {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL_S3: moto.options.endpoint ?? "",
    });
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await moto?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const command = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runCommand(["files", ...words], {
      env: platform.env,
      cwd: directory,
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
    return stdout;
  };
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${platform.url}/api/v1/files${path}`, {
      ...init,
      headers: { authorization: `Bearer ${platform.token}`, ...init.headers },
    });
  const save = (path: string, body: string, headers: Record<string, string>): Promise<Response> =>
    ask(`/content?path=${encodeURIComponent(path)}`, {
      method: "PUT",
      body,
      headers: { "content-type": "application/octet-stream", ...headers },
    });
  const versions = async (path: string): Promise<readonly FileVersion[]> =>
    (await platform.client.listVersions(path)).versions.toReversed();
  const story = async (path: string): Promise<string> =>
    (await versions(path))
      .map(({ version, change, author }) => `${version} ${change}${author ? "" : "?"}`)
      .join(", ");
  const content = async (path: string, version?: number): Promise<string> =>
    text((await platform.client.readFile(path, version === undefined ? {} : { version })).bytes);

  it("are saved, looked at, compared, restored, moved and deleted on the command line", async () => {
    await writeNotebook(join(directory, "report.ipynb"), ["x = 1", "print(x)"]);
    expect(await command("put", "report.ipynb", "~/r/report.ipynb")).toMatch(
      /^\/home\/.*\/r\/report\.ipynb {2}version 1\n$/,
    );
    const etag = (await command("get", "~/r/report.ipynb", "copy.ipynb")).trim();
    await writeNotebook(join(directory, "copy.ipynb"), ["x = 2", "print(x)"]);
    await command("put", "copy.ipynb", "~/r/report.ipynb", "--if-match", etag);
    const late = ["files", "put", "report.ipynb", "~/r/report.ipynb"];
    const refused = await runCommand([...late, "--if-match", etag], { env: platform.env, cwd: directory });
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/version 2.*FILE_CHANGED/) as string,
    });
    const { exitCode, stdout } = await runCommand(["files", "diff", "~/r/report.ipynb", "1"], {
      env: platform.env,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("[code c0]\n-x = 1\n+x = 2\n");
    expect(await command("restore", "~/r/report.ipynb", "1")).toContain("version 3");
    expect(await command("cat", "~/r/report.ipynb")).toBe(
      await readFile(join(directory, "report.ipynb"), "utf8"),
    );
    await command("mv", "~/r/report.ipynb", "/shared/moved.ipynb");
    await platform.client.copyFiles({ from: "/shared/moved.ipynb", to: "/lake/copied.ipynb" });
    await command("rm", "/lake/copied.ipynb");
    expect(await story("~/r/report.ipynb")).toBe("1 saved, 2 saved, 3 restored, 4 deleted");
    expect(await story("/shared/moved.ipynb")).toBe("1 moved");
    expect(await command("versions", "/lake/copied.ipynb")).toContain("copied from /shared/moved.ipynb");
    await platform.client.restoreFile({ path: "/lake/copied.ipynb" });
    expect(await command("ls", "/lake")).toBe("copied.ipynb\n");
    expect(await command("ls", "/")).toBe("bucket/\nhome/\nlake/\nruns/\nshared/\n");
  });

  it("lose no update, of many that are made at once", async () => {
    await save("~/count.txt", "0", { "if-none-match": "*" });
    const increment = async (): Promise<number> => {
      for (let tries = 1; ; tries += 1) {
        const read = await ask("/content?path=~/count.txt");
        const next = String(Number(await read.text()) + 1);
        const answer = await save("~/count.txt", next, { "if-match": read.headers.get("etag") ?? "" });
        if (answer.ok) return tries;
        expect(answer.status).toBe(412);
        const { code, current } = (await answer.json()) as {
          code: string;
          current: { etag: string; version: number };
        };
        expect(code).toBe("FILE_CHANGED");
        expect(current).toMatchObject({
          version: expect.any(Number) as number,
          author: expect.any(String) as string,
        });
      }
    };
    await Promise.all(Array.from({ length: 8 }, increment));
    expect(await content("~/count.txt")).toBe("8");
    // As many as are to stay, the newest ones.
    expect(await story("~/count.txt")).toBe([4, 5, 6, 7, 8, 9].map((it) => `${it} saved`).join(", "));
    expect((await save("~/count.txt", "9", {})).status).toBe(428);
    expect((await save("~/count.txt", "8", { "if-match": "*" })).status).toBe(200);
    expect((await versions("~/count.txt")).length).toBe(6);
  });

  it("that are changed in another way are found, and nothing of them is lost", async () => {
    const file = join(home, "edited.txt");
    await writeFile(file, "made by an editor");
    // The server has not changed it yet, and keeps nothing of it.
    expect(await versions("~/edited.txt")).toEqual([]);
    await save("~/edited.txt", "saved", { "if-match": "*" });
    await writeFile(file, "edited");
    expect(await content("~/edited.txt")).toBe("edited");
    await writeFile(file, "edited again");
    await save("~/edited.txt", "saved again", { "if-match": "*" });
    await unlink(file);
    expect((await ask("/content?path=~/edited.txt")).status).toBe(404);
    expect(await story("~/edited.txt")).toBe("1 found?, 2 saved, 3 found?, 4 found?, 5 saved, 6 deleted?");
    expect(await content("~/edited.txt", 1)).toBe("made by an editor");
    expect(await content("~/edited.txt", 4)).toBe("edited again");
    await platform.client.restoreFile({ path: "~/edited.txt" });
    expect(await readFile(file, "utf8")).toBe("saved again");
  });

  it("come and go in ranges, as attachments that no browser shows", async () => {
    await save('~/näm"e.html', "0123456789", { "if-none-match": "*" });
    const url = `/content?path=${encodeURIComponent('~/näm"e.html')}`;
    const whole = await ask(url);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="n_m_e.html"; filename*=UTF-8''n%C3%A4m%22e.html`,
      "accept-ranges": "bytes",
      "content-length": "10",
    });
    const etag = whole.headers.get("etag") ?? "";
    expect((await ask(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    const part = async (range: string, more: Record<string, string> = {}): Promise<unknown[]> => {
      const answer = await ask(url, { headers: { range, ...more } });
      const body = answer.status === 416 ? "" : await answer.text();
      return [answer.status, body, answer.headers.get("content-range")];
    };
    expect(await part("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await part("bytes=7-")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
    expect(await part("bytes=8-99")).toEqual([206, "89", "bytes 8-9/10"]);
    expect(await part("bytes=10-")).toEqual([416, "", "bytes */10"]);
    expect(await part("bytes=0-1,4-5")).toEqual([200, "0123456789", null]);
    expect(await part("bytes=2-4", { "if-range": '"other"' })).toEqual([200, "0123456789", null]);
  });

  it("are the same in a bucket", async () => {
    await save("/bucket/a.txt", "one", { "if-none-match": "*" });
    const { etag } = await platform.client.getFile("/bucket/a.txt");
    await save("/bucket/a.txt", "two", { "if-match": etag ?? "" });
    expect((await save("/bucket/a.txt", "lost", { "if-match": etag ?? "" })).status).toBe(412);
    await platform.client.moveFiles({ from: "/bucket/a.txt", to: "/bucket/b/a.txt" });
    await platform.client.restoreFile({ path: "/bucket/a.txt", version: 1 });
    expect([await content("/bucket/a.txt"), await content("/bucket/b/a.txt")]).toEqual(["one", "two"]);
    expect(await story("/bucket/a.txt")).toBe("1 saved, 2 saved, 3 deleted, 4 restored");
    await platform.client.makeDirectory("/bucket/empty");
    const { entries } = await platform.client.listFiles("/bucket");
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "file a.txt",
      "directory b",
      "directory empty",
    ]);
  });

  it("of a directory of thousands come page by page", async () => {
    await mkdir(join(directory, "lake", "many"));
    const names = Array.from({ length: 2500 }, (_, at) => `${String(at).padStart(5, "0")}.csv`);
    await Promise.all(names.map((name) => writeFile(join(directory, "lake", "many", name), "")));
    const first = await platform.client.listFiles("/lake/many");
    expect(first.entries).toHaveLength(200);
    expect(first.entries[0]).toMatchObject({
      path: "/lake/many/00000.csv",
      kind: "file",
      size: 0,
      is_writable: true,
    });
    expect((await command("ls", "/lake/many")).trim().split("\n")).toEqual(names);
    expect((await ask("/entries?path=/lake/none")).status).toBe(404);
  });

  it("move and go as directories, with every file as a version", async () => {
    for (const name of ["a.txt", "b/c.txt"]) await save(`~/tree/${name}`, name, { "if-none-match": "*" });
    await platform.client.makeDirectory("~/tree/empty");
    for (const path of ["~/tree", "~/tree/a.txt/below.txt"]) {
      const answer = await save(path, "x", { "if-none-match": "*" });
      expect([answer.status, await answer.json()]).toEqual([
        409,
        expect.objectContaining({ code: "FILE_IS_DIRECTORY" }),
      ]);
    }
    expect(await platform.client.moveFiles({ from: "~/tree", to: "/shared/tree" })).toMatchObject({
      files: 2,
    });
    expect((await ask("?path=~/tree")).status).toBe(404);
    expect((await platform.client.listFiles("/shared/tree")).entries.map(({ name }) => name)).toEqual([
      "a.txt",
      "b",
      "empty",
    ]);
    const refused = await ask("?path=/shared/tree", { method: "DELETE" });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: "DIRECTORY_NOT_EMPTY" }),
    ]);
    await platform.client.deleteFile("/shared/tree", { isRecursive: true });
    expect((await ask("?path=/shared/tree")).status).toBe(404);
    await platform.client.restoreFile({ path: "/shared/tree/b/c.txt" });
    expect(await content("/shared/tree/b/c.txt")).toBe("b/c.txt");
    const into = await ask("/move", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from: "/shared/tree", to: "/shared/tree/b/d" }),
    });
    expect(into.status).toBe(400);
  });

  it("of records can be read and copied, and not changed", async () => {
    await writeNotebook(join(home, "run.ipynb"), ["print('ran')"]);
    const { id } = await platform.client.submitRun({ path: "~/run.ipynb" });
    await follow(platform.client, id);
    expect((await platform.client.listFiles("/runs")).entries).toMatchObject([
      { name: id, is_writable: false },
    ]);
    expect(await command("ls", `/runs/${id}/1`)).toBe("events.jsonl\nlog.txt\nmanifest.json\noutput.ipynb\n");
    expect(await content(`/runs/${id}/1/output.ipynb`)).toContain("ran");
    for (const [path, init] of [
      [
        `/content?path=/runs/${id}/1/log.txt`,
        {
          method: "PUT",
          body: "x",
          headers: { "if-match": "*", "content-type": "application/octet-stream" },
        },
      ],
      [`?path=/runs/${id}&recursive=true`, { method: "DELETE" }],
    ] as const) {
      const answer = await ask(path, init);
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ code: "FILE_READ_ONLY" }),
      ]);
    }
    await platform.client.copyFiles({ from: `/runs/${id}/1/output.ipynb`, to: "~/again.ipynb" });
    expect((await platform.client.submitRun({ path: "~/again.ipynb" })).path).toMatch(/\/again\.ipynb$/);
  });

  it("are never reached by a path that leads elsewhere", async () => {
    await writeFile(join(directory, "secret"), "top secret");
    await symlink(join(directory, "secret"), join(home, "link"));
    await symlink(directory, join(home, "linked"));
    const paths = [
      "~/../secret",
      "~/%2e%2e/secret",
      "~/..%2fsecret",
      "~/..%5csecret",
      "~/a/../../secret",
      "/home/../secret",
      "/etc/passwd",
      "//etc/passwd",
      "~/.%00./secret",
      "~/secret%00.txt",
      "~/\u2025/secret",
      "~/\uff0e\uff0e/secret",
      "~/./secret",
      "~//secret",
      "~root/secret",
      "file:///etc/passwd",
      "~/link",
      "~/linked/secret",
      "/runs/../../secret",
      "/lake/../secret",
      "~/x%0d%0aset-cookie:a=b",
      "~/%ED%A0%80",
      `~/${"x".repeat(300)}`,
    ];
    // Some are encoded already, which a careless server decodes twice.
    const all = paths.flatMap((path) => [path, encodeURIComponent(path)]);
    for (const given of all) {
      for (const route of ["", "/content", "/entries", "/versions"]) {
        const answer = await ask(`${route}?path=${given}`);
        expect([given, route, await answer.text()]).not.toContain("top secret");
        expect([given, route, answer.status >= 400 && answer.status < 500]).toEqual([given, route, true]);
      }
    }
    for (const given of all) {
      const headers = { "if-none-match": "*", "content-type": "application/octet-stream" };
      const put = await ask(`/content?path=${given}`, { method: "PUT", body: "x", headers });
      const gone = await ask(`?path=${given}`, { method: "DELETE" });
      // What is a name all the same is made and goes.
      expect([given, put.ok, gone.ok]).toEqual([given, gone.ok, put.ok]);
      expect([given, put.status < 500, gone.status < 500]).toEqual([given, true, true]);
    }
    expect(await readFile(join(directory, "secret"), "utf8")).toBe("top secret");
  });
});
