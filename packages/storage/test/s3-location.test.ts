import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Location, openLocation, openS3Store, type S3Store } from "../src/index.ts";
import { type Moto, startMoto } from "../testing/start-moto.ts";

describe("an s3:// address", () => {
  let moto: Moto;
  let store: S3Store;
  beforeAll(async () => {
    moto = await startMoto();
    store = openS3Store({ ...moto.options, bucket: moto.bucket });
  });
  afterAll(async () => {
    store[Symbol.dispose]();
    await moto[Symbol.asyncDispose]();
  });

  const at = (key: string, options: { maxBytes?: number } = {}): Location =>
    openLocation(`s3://${moto.bucket}/${key}`, { s3: moto.options, ...options });
  const read = async (key: string): Promise<string> => Buffer.from(await at(key).read()).toString("utf8");

  it.each(["dir/n.ipynb", "a b?c#d%20ü.ipynb", "odd//../key."])("is written and read: %s", async (key) => {
    await at(key).checkWritable();
    await expect(at(key).read()).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    expect(await at(key).exists()).toBe(false);
    await at(key).write(["{", Buffer.from("é"), "}"]);
    expect(await read(key)).toBe("{é}");
    expect(await at(key).exists()).toBe(true);
  });

  it("is checked without a trace", async () => {
    await at("checked/n.ipynb").checkWritable();
    expect(await store.list("checked", { recursive: true })).toEqual({ entries: [] });
    expect(await store.versions("checked/n.ipynb")).toEqual([]);
  });

  it("has the endpoint and the keys from the environment, papermill's too", async () => {
    await at("env/n.ipynb").write(["x"]);
    const { endpoint = "", env } = moto.options;
    const location = openLocation(`s3://${moto.bucket}/env/n.ipynb`, {
      env: { ...env, BOTO3_ENDPOINT_URL: endpoint },
    });
    expect(Buffer.from(await location.read()).toString()).toBe("x");
  });

  it("has them from a profile of the AWS files", async () => {
    await at("profile.ipynb").write(["x"]);
    const directory = await mkdtemp(join(tmpdir(), "notemill-aws-"));
    const { endpoint = "" } = moto.options;
    await writeFile(join(directory, "credentials"), "[work]\naws_access_key_id=a\naws_secret_access_key=b\n");
    await writeFile(
      join(directory, "config"),
      `[profile work]\nregion = us-east-1\nendpoint_url = ${endpoint}\n`,
    );
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(directory, "credentials"));
    vi.stubEnv("AWS_CONFIG_FILE", join(directory, "config"));
    vi.stubEnv("AWS_PROFILE", "work");
    vi.stubEnv("NOTEMILL_S3_PATH_STYLE", "1");
    try {
      const location = openLocation(`s3://${moto.bucket}/profile.ipynb`);
      expect(Buffer.from(await location.read()).toString()).toBe("x");
    } finally {
      vi.unstubAllEnvs();
      await rm(directory, { recursive: true });
    }
  });

  it("is decompressed where it is called .gz, unless it is not compressed after all", async () => {
    await at("n.ipynb.gz").write([gzipSync("text")]);
    expect(await read("n.ipynb.gz")).toBe("text");
    await at("plain.gz").write(["text"]);
    expect(await read("plain.gz")).toBe("text");
  });

  it("is read up to a limit, compressed or not", async () => {
    await at("large").write(["0123456789"]);
    await expect(at("large", { maxBytes: 9 }).read()).rejects.toMatchObject({ code: "STORAGE_TOO_LARGE" });
    await at("bomb.gz").write([gzipSync(Buffer.alloc(1_000_000))]);
    await expect(at("bomb.gz", { maxBytes: 100_000 }).read()).rejects.toMatchObject({
      code: "STORAGE_TOO_LARGE",
    });
    await at("broken.gz").write([gzipSync("some text").subarray(0, 20)]);
    await expect(at("broken.gz").read()).rejects.toMatchObject({ code: "STORAGE_CORRUPT" });
  });

  it.each([
    ["no such bucket", "s3://not-there-at-all/n", "STORAGE_NOT_FOUND", "bucket does not exist"],
    ["a name no bucket can have", "s3://..%2f/n", "STORAGE_PATH_INVALID", "name of a bucket"],
  ])("is refused before a kernel starts: %s", async (_what, url, code, words) => {
    const refusal = { code, message: expect.stringContaining(words) as string };
    await expect(
      (async () => openLocation(url, { s3: moto.options }).checkWritable())(),
    ).rejects.toMatchObject(refusal);
  });

  it("is refused without credentials", async () => {
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
    try {
      const location = openLocation(`s3://${moto.bucket}/n`, { s3: { ...moto.options, env: {} } });
      await expect(location.checkWritable()).rejects.toMatchObject({
        code: "STORAGE_FORBIDDEN",
        message: expect.stringContaining("AWS_ACCESS_KEY_ID") as string,
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
