import { describe, expect, it } from "vitest";
import { openLocation } from "./open-location.ts";

describe("openLocation", () => {
  it.each([
    ["adl://store.azuredatalakestore.net/p", "not supported yet"],
    ["abs://account.blob.core.windows.net/c/b", "not supported yet"],
    ["gs://bucket/key", "not supported yet"],
    ["hdfs://host/path", "not supported yet"],
    ["ftp://host/path", '"./ftp://host/path"'],
    ["GS://bucket/key", "not supported yet"],
  ])("names the scheme of %s", (name, words) => {
    expect(() => openLocation(name)).toThrow(
      expect.objectContaining({
        code: "STORAGE_SCHEME_UNKNOWN",
        message: expect.stringContaining(words) as string,
      }) as Error,
    );
  });

  it.each([
    "http://",
    "http://host:port/x",
    "file://elsewhere/x",
    "file:///a%2Fb",
    "s3://",
    "s3://bucket",
    "s3://bucket/",
    "s3://bucket/folder/",
    "s3:///key",
    "s3://under the/key",
    "s3://a@evil.example/key",
  ])("refuses %s", (name) => {
    expect(() => openLocation(name)).toThrow(
      expect.objectContaining({ code: "STORAGE_PATH_INVALID" }) as Error,
    );
  });

  it.each([
    ["s3://bucket/a b?c#d%20", "s3://bucket/a b?c#d%20"],
    ["https://user:secret@host/x.ipynb?v=1&sig=abc", "https://user:***@host/x.ipynb?v=1&sig=***"],
    ["./gs:/x", "./gs:/x"],
    ["-", "-"],
  ])("shows %s as %s", (name, shown) => {
    expect(openLocation(name).describe()).toBe(shown);
  });
});
