import { describe, expect, it } from "vitest";
import { commuterMounts, commuterPort, commuterS3Variables } from "./commuter-variables.ts";

describe("Commuter's variables", () => {
  it.each([
    [{}, []],
    [{ COMMUTER_STORAGE_BACKEND: "local" }, ["/srv"]],
    [{ COMMUTER_LOCAL_STORAGE_BASEDIRECTORY: "notes" }, ["/srv/notes"]],
    [{ COMMUTER_BUCKET: "b" }, ["s3://b"]],
    [
      { COMMUTER_STORAGE_BACKEND: "s3", COMMUTER_BUCKET: "b", COMMUTER_S3_BASE_PREFIX: "/a/b/" },
      ["s3://b/a/b"],
    ],
  ])("%j show %j", (env, urls) => {
    expect(commuterMounts(env, "/srv")).toEqual(urls.map((url) => ({ prefix: "/", url })));
  });

  it.each([
    [{ COMMUTER_STORAGE_BACKEND: "s3" }, /COMMUTER_BUCKET/],
    [{ COMMUTER_STORAGE_BACKEND: "gcs" }, /there are local and s3/],
    [{ COMMUTER_BUCKET: "b", COMMUTER_S3_PATH_DELIMITER: "|" }, /divided by/],
  ])("%j are refused", (env, why) => {
    expect(() => commuterMounts(env, "/srv")).toThrow(why);
  });

  it("name a port and a bucket's server", () => {
    expect([commuterPort({}), commuterPort({ COMMUTER_PORT: "4000" })]).toEqual([undefined, 4000]);
    expect(() => commuterPort({ COMMUTER_PORT: "x" })).toThrow(/expected a port/);
    const env = { COMMUTER_S3_KEY: "k", COMMUTER_S3_SECRET: "s", AWS_ACCESS_KEY_ID: "own" };
    expect(commuterS3Variables(env)).toEqual({ AWS_SECRET_ACCESS_KEY: "s" });
  });
});
