import { describe, expect, it } from "vitest";
import { checkProxies, readAddresses } from "./addresses.ts";
import { OUTSIDE, withinBase } from "./base-path.ts";

describe("readAddresses", () => {
  it.each([
    [{}, "", null, ""],
    [{ basePath: "/" }, "", null, ""],
    [{ basePath: "/notes/" }, "/notes", null, "/notes"],
    [{ publicUrl: "https://n.example/" }, "", "https://n.example", ""],
    [{ basePath: "/a", publicUrl: "https://n.example" }, "/a", "https://n.example/a", "/a"],
    // A proxy that takes the path away, and one that puts another one in its place.
    [{ publicUrl: "https://n.example/notes/" }, "", "https://n.example/notes", "/notes"],
    [{ basePath: "/a/b", publicUrl: "https://n.example:8443/x" }, "/a/b", "https://n.example:8443/x", "/x"],
  ])("reads %j", (given, basePath, publicUrl, outerPath) => {
    expect(readAddresses(given)).toEqual({ basePath, publicUrl, outerPath, outputUrl: null });
  });

  it("takes another host for outputs, below the same path", () => {
    const given = { basePath: "/a", publicUrl: "https://n.example", outputUrl: "https://o.example:8443/" };
    expect(readAddresses(given).outputUrl).toBe("https://o.example:8443/a");
  });

  it.each([
    { outputUrl: "https://o.example" },
    { publicUrl: "https://n.example", outputUrl: "https://n.example:8443" },
    { publicUrl: "https://n.example", outputUrl: "o.example" },
    { publicUrl: "https://n.example/a;b" },
    { basePath: "notes" },
    { basePath: "//evil.example" },
    { basePath: "/a/../b" },
    { basePath: "/a b" },
    { basePath: "/a;Domain=evil" },
    { basePath: "/a?b" },
    { basePath: "/api" },
    { basePath: "/share/x" },
    { publicUrl: "notes.example" },
    { publicUrl: "ftp://notes.example" },
    { publicUrl: "https://user:secret@notes.example" },
    { publicUrl: "https://notes.example/?a" },
    { publicUrl: "https://notes.example/#a" },
  ])("refuses %j", (given) => {
    expect(() => readAddresses(given)).toThrow(expect.objectContaining({ code: "SERVER_URL_INVALID" }));
  });
});

describe("checkProxies", () => {
  it.each([["10.0.0.5"], ["10.0.0.0/8"], ["::1"], ["fd00::/8"]])("takes %s", (given) => {
    expect(() => checkProxies([given])).not.toThrow();
  });
  it.each([["proxy.example"], ["10.0.0.0/33"], ["10.0.0"], [""], ["*"]])("refuses %s", (given) => {
    expect(() => checkProxies([given])).toThrow(expect.objectContaining({ code: "SERVER_URL_INVALID" }));
  });
});

describe("withinBase", () => {
  it.each([
    ["/notes/runs?a=/notes", "/runs?a=/notes"],
    ["/notes", "/"],
    ["/notes?token=t", "/?token=t"],
    ["/notes/", "/"],
    ["/notes//evil.example", "//evil.example"],
    ["/notebook", OUTSIDE],
    ["/", OUTSIDE],
    ["*", OUTSIDE],
    ["http://other.example/notes/", OUTSIDE],
  ])("%s is %s", (url, path) => {
    expect(withinBase(url, "/notes")).toBe(path);
  });

  it("is the path itself where everything is at the top", () => {
    expect(withinBase("/runs", "")).toBe("/runs");
    expect(withinBase("http://other.example/", "")).toBe(OUTSIDE);
  });
});
