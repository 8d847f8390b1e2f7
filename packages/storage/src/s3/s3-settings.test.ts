import { describe, expect, it } from "vitest";
import { s3Settings } from "./s3-settings.ts";

const keys = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };

describe("s3Settings", () => {
  it.each([
    [{}, undefined],
    [{ BOTO3_ENDPOINT_URL: "http://boto" }, "http://boto"],
    [{ BOTO3_ENDPOINT_URL: "http://boto", AWS_ENDPOINT_URL: "http://aws" }, "http://aws"],
    [{ AWS_ENDPOINT_URL: "http://aws", AWS_ENDPOINT_URL_S3: "http://s3" }, "http://s3"],
    [{ AWS_ENDPOINT_URL_S3: "" }, undefined],
  ])("takes the endpoint from %j", (env, endpoint) => {
    expect(s3Settings({ env }).endpoint).toBe(endpoint);
    expect(s3Settings({ env }).pathStyle).toBe(endpoint !== undefined);
    expect(s3Settings({ env, endpoint: "http://mine" }).endpoint).toBe("http://mine");
  });

  it.each([
    [{ AWS_DEFAULT_REGION: "eu-west-1" }, "eu-west-1"],
    [{ AWS_DEFAULT_REGION: "eu-west-1", AWS_REGION: "eu-west-2" }, "eu-west-2"],
    [{}, undefined],
  ])("takes the region from %j", (env, region) => {
    expect(s3Settings({ env }).region).toBe(region);
  });

  it.each([
    ["keys", keys, {}, { accessKeyId: "id", secretAccessKey: "secret" }],
    [
      "a session",
      { ...keys, AWS_SESSION_TOKEN: "token" },
      {},
      { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" },
    ],
    ["half a pair", { AWS_ACCESS_KEY_ID: "id" }, {}, undefined],
    ["a profile beside them", { ...keys, AWS_PROFILE: "work" }, {}, undefined],
    ["a profile asked for", keys, { profile: "work" }, undefined],
  ])("takes credentials from %s", (_what, env, options, credentials) => {
    expect(s3Settings({ env, ...options }).credentials).toEqual(credentials);
  });

  it("reads quirks, path style and ACL", () => {
    const env = {
      NOTEMILL_S3_QUIRKS: "other, unquoted-etags",
      NOTEMILL_S3_PATH_STYLE: "1",
      NOTEMILL_S3_ACL: "bucket-owner-full-control",
    };
    expect(s3Settings({ env })).toMatchObject({
      quirks: { unquotedEtags: true },
      pathStyle: true,
      acl: "bucket-owner-full-control",
    });
    expect(s3Settings({ env: { NOTEMILL_S3_PATH_STYLE: "false" } }).pathStyle).toBe(false);
  });

  it.each(["localhost:9000", "s3.example.org", "ftp://host", ""])("refuses the endpoint %j", (endpoint) => {
    expect(() => s3Settings({ endpoint, env: {} })).toThrow(
      expect.objectContaining({ code: "STORAGE_PATH_INVALID" }) as Error,
    );
  });
});
