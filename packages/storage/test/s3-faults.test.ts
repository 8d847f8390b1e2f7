import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openS3Store, readAll, type S3Store, type S3StoreOptions } from "../src/index.ts";
import { openS3Connection } from "../src/s3/s3-connection.ts";
import { s3Settings } from "../src/s3/s3-settings.ts";
import { type Fault, type FaultyProxy, startFaultyProxy } from "../testing/faulty-proxy.ts";
import { type Moto, startMoto } from "../testing/start-moto.ts";

const BUSY: Fault = { type: "refuse", status: 503, code: "SlowDown" };
const LARGE = 9 * 1024 * 1024;

describe("an S3 server that fails", () => {
  let moto: Moto;
  let proxy: FaultyProxy;
  let store: S3Store;
  const opened: S3Store[] = [];
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startFaultyProxy(moto.options.endpoint ?? "");
    store = open();
  });
  beforeEach(() => {
    proxy.faults.length = 0;
    proxy.passed.length = 0;
  });
  afterAll(async () => {
    for (const it of opened) it[Symbol.dispose]();
    await proxy.close();
    await moto[Symbol.asyncDispose]();
  });

  const open = (options: Partial<S3StoreOptions> = {}): S3Store => {
    const made = openS3Store({ ...moto.options, endpoint: proxy.endpoint, bucket: moto.bucket, ...options });
    opened.push(made);
    return made;
  };
  const text = async (path: string): Promise<string> => Buffer.from(await readAll(store, path)).toString();
  const will = (...faults: readonly (Fault | null)[]): void => void proxy.faults.push(...faults);
  const methods = (): string => proxy.passed.map(({ method }) => method).join(" ");

  it("is asked again while it is busy", async () => {
    will(BUSY, BUSY);
    await store.write("busy", "x");
    will(BUSY);
    expect(await text("busy")).toBe("x");
    expect(methods()).toBe("PUT PUT PUT GET GET");
  });

  it("is given up after as many attempts as were asked for", async () => {
    will(BUSY, BUSY, BUSY);
    await expect(open({ maxAttempts: 2 }).write("gone", "x")).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
      message: expect.stringContaining("SlowDown") as string,
    });
    expect(methods()).toBe("PUT PUT");
  });

  it("is given up when it is silent", async () => {
    will({ type: "silence" });
    await expect(open({ maxAttempts: 1, timeoutMs: 100 }).stat("x")).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
    });
  });

  it.each([
    [403, "AccessDenied", "STORAGE_FORBIDDEN"],
    [400, "ExpiredToken", "STORAGE_FORBIDDEN"],
    [403, "SignatureDoesNotMatch", "STORAGE_FORBIDDEN"],
    [404, "NoSuchBucket", "STORAGE_NOT_FOUND"],
    [507, "InsufficientStorage", "STORAGE_FULL"],
    [400, "SomethingElse", "STORAGE_HTTP_STATUS"],
  ])("is understood: %d %s", async (status, code, expected) => {
    will({ type: "refuse", status, code });
    const refused = open({ maxAttempts: 1 });
    await expect(refused.write("x", "x")).rejects.toMatchObject({ code: expected, details: { status } });
  });

  it("goes on with a read where the connection broke, again and again", async () => {
    const content = Buffer.alloc(400_000, "0123456789abcdefg");
    await store.write("read", content);
    const { etag } = (await store.stat("read")) ?? {};
    proxy.passed.length = 0;
    const cut: Fault = { type: "cut-answer", afterBytes: 90_000 };
    will(cut, cut, { type: "cut-answer", afterBytes: 1 }, cut);
    expect(Buffer.compare(await readAll(store, "read"), content)).toBe(0);
    expect(methods()).toBe("GET GET GET GET GET");
    expect(proxy.passed[1]?.headers).toMatchObject({ range: "bytes=90000-399999", "if-match": `"${etag}"` });
  });

  it("goes on within a range", async () => {
    await store.write("range", "0123456789");
    will({ type: "cut-answer", afterBytes: 2 });
    const part = await readAll(store, "range", { range: { start: 3, end: 8 } });
    expect(Buffer.from(part).toString()).toBe("34567");
  });

  it("does not put two versions of a file together", async () => {
    await store.write("changed", Buffer.alloc(400_000, "a"));
    will({ type: "cut-answer", afterBytes: 1000 });
    const file = await store.read("changed");
    await store.write("changed", Buffer.alloc(400_000, "b"));
    await expect(
      (async () => {
        for await (const _piece of file.bytes);
      })(),
    ).rejects.toMatchObject({ code: "STORAGE_CONFLICT" });
  });

  it("is given up when no read gets anywhere", async () => {
    await store.write("stuck", "0123456789");
    will(...Array.from({ length: 6 }, (): Fault => ({ type: "cut-answer", afterBytes: 0 })));
    const impatient = open({ maxAttempts: 1, firstPauseMs: 1 });
    await expect(readAll(impatient, "stuck")).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
  });

  it.each([
    ["small", 10],
    ["large", LARGE],
  ])("loses the answer to a %s conditional write, which is known again", async (name, size) => {
    const path = `lost/${name}`;
    will({ type: "lose-answer" });
    const made = await store.write(path, Buffer.alloc(size, "a"), {
      ifNoneMatch: "*",
      metadata: { run: "1" },
    });
    const info = await store.stat(path);
    expect(info).toMatchObject({ etag: made.etag, size });
    expect(info?.metadata).toEqual({ run: "1" });

    will({ type: "lose-answer" });
    const next = await store.write(path, Buffer.alloc(size, "b"), { ifMatch: made.etag });
    expect((await store.stat(path))?.etag).toBe(next.etag);
  });

  it("does not take another's file for its own when an answer is lost", async () => {
    await store.write("others", "theirs");
    will(BUSY);
    await expect(store.write("others", "mine", { ifNoneMatch: "*" })).rejects.toMatchObject({
      code: "STORAGE_CONFLICT",
    });
    expect(await text("others")).toBe("theirs");
  });

  it("decides a conditional write that met another only when asked again", async () => {
    will({ type: "refuse", status: 409, code: "ConditionalRequestConflict" });
    await store.write("met", "x", { ifNoneMatch: "*" });
    expect(methods()).toBe("PUT PUT");
  });

  it("keeps no part of an upload that failed", async () => {
    will(null, null, { type: "refuse", status: 403, code: "AccessDenied" });
    await expect(store.write("parts", [Buffer.alloc(LARGE), Buffer.alloc(LARGE)])).rejects.toMatchObject({
      code: "STORAGE_FORBIDDEN",
    });
    expect(methods()).toBe("POST PUT PUT DELETE");
    expect(await store.stat("parts")).toBeNull();
    using connection = openS3Connection(s3Settings(moto.options));
    const { Uploads } = await connection.use(({ ListMultipartUploadsCommand }, client) =>
      client.send(new ListMultipartUploadsCommand({ Bucket: moto.bucket })),
    );
    expect(Uploads).toBeUndefined();
  });

  it("gets etags without quotes where it wants them so", async () => {
    const { etag } = await store.write("quirk", "1");
    await open({ quirks: { unquotedEtags: true } }).write("quirk", "2", { ifMatch: etag });
    expect(proxy.passed.at(-1)?.headers["if-match"]).toBe(etag);
  });

  it("gets an access control list only when asked for", async () => {
    await store.write("acl", "1");
    expect(proxy.passed.at(-1)?.headers["x-amz-acl"]).toBeUndefined();
    await open({ acl: "bucket-owner-full-control" }).write("acl", "2");
    expect(proxy.passed.at(-1)?.headers["x-amz-acl"]).toBe("bucket-owner-full-control");
  });

  it("gets bodies of known length, without a trailer", async () => {
    await store.write("length", ["some", "thing"]);
    await store.write("length", Buffer.alloc(LARGE), { ifMatch: (await store.stat("length"))?.etag ?? "" });
    const puts = proxy.passed.filter(({ method }) => method === "PUT");
    expect(puts.map(({ headers }) => headers["content-length"])).toEqual(["9", String(LARGE)]);
    expect(puts.every(({ headers }) => headers["x-amz-trailer"] === undefined)).toBe(true);
    expect(puts.every(({ headers }) => headers["transfer-encoding"] === undefined)).toBe(true);
  });

  it.each([
    ["a line break", { note: "a\nb" }],
    ["other letters", { note: "é" }],
    ["a capital in the name", { Note: "x" }],
    ["too much", { note: "x".repeat(3000) }],
  ])("is not sent metadata with %s", async (_what, metadata) => {
    await expect(store.write("facts", "x", { metadata })).rejects.toMatchObject({
      code: "STORAGE_UNSUPPORTED",
    });
    expect(proxy.passed).toEqual([]);
  });
});
