import { createMemoryStore } from "@notemill/storage/testing";
import { describe, expect, it } from "vitest";
import { resolveVirtualDirectory, resolveVirtualPath } from "./mount-table.ts";

const home = createMemoryStore();
const shared = createMemoryStore();
const mounts = [
  { prefix: "/home/ann", store: home },
  { prefix: "/shared", store: shared },
];

describe("resolveVirtualPath", () => {
  it.each([
    ["~/a.ipynb", "/home/ann/a.ipynb", "a.ipynb", home],
    ["/home/ann/x/a.ipynb", "/home/ann/x/a.ipynb", "x/a.ipynb", home],
    ["/shared/e\u0301.ipynb", "/shared/\u00e9.ipynb", "\u00e9.ipynb", shared],
  ])("finds %j", (given, virtualPath, path, store) => {
    expect(resolveVirtualPath(mounts, given, "ann")).toEqual({ virtualPath, path, store, isReadOnly: false });
  });

  it.each(["a.ipynb", "/etc/passwd", "/home/bob/a.ipynb", "/home/ann", "/sharedx/a", "s3://b/a", "~bob/a"])(
    "knows nothing of %j",
    (given) => {
      expect(() => resolveVirtualPath(mounts, given, "ann")).toThrow(
        expect.objectContaining({ code: "PATH_NOT_MOUNTED" }) as Error,
      );
    },
  );

  it.each([
    ["/", { kind: "mounts", virtualPath: "/", names: ["home", "shared"] }],
    ["/home/", { kind: "mounts", virtualPath: "/home", names: ["ann"] }],
    ["~", { kind: "stored", virtualPath: "/home/ann", path: "" }],
    ["/shared/", { kind: "stored", virtualPath: "/shared", path: "" }],
    ["~/x/", { kind: "stored", virtualPath: "/home/ann/x", path: "x" }],
  ])("finds the directory %j", (given, expected) => {
    expect(resolveVirtualDirectory(mounts, given, "ann")).toMatchObject(expected);
  });

  it("finds everything in a mount of the root", () => {
    const all = [{ prefix: "", store: shared, isReadOnly: true }];
    expect(resolveVirtualDirectory(all, "/", "ann")).toEqual({
      kind: "stored",
      virtualPath: "/",
      store: shared,
      path: "",
      isReadOnly: true,
    });
    expect(resolveVirtualDirectory(all, "/a/b/", "ann")).toMatchObject({ virtualPath: "/a/b", path: "a/b" });
    expect(resolveVirtualPath(all, "/a/b.ipynb", "ann")).toMatchObject({
      virtualPath: "/a/b.ipynb",
      path: "a/b.ipynb",
    });
  });

  it.each(["/etc", "/hom", "home", "/home/bob"])("knows no directory %j", (given) => {
    expect(() => resolveVirtualDirectory(mounts, given, "ann")).toThrow(
      expect.objectContaining({ code: "PATH_NOT_MOUNTED" }) as Error,
    );
  });

  it.each(["~/../bob/a.ipynb", "/shared/../../etc/passwd", "~//a", "~/a\0"])(
    "leaves it to the store to refuse %j",
    async (given) => {
      const { store, path } = resolveVirtualPath(mounts, given, "ann");
      await expect(store.stat(path)).rejects.toMatchObject({ code: "STORAGE_PATH_INVALID" });
    },
  );
});
