import { createMemoryStore } from "@notemill/storage/testing";
import { describe, expect, it } from "vitest";
import { resolveVirtualPath } from "./mount-table.ts";

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
    expect(resolveVirtualPath(mounts, given, "ann")).toEqual({ virtualPath, path, store });
  });

  it.each(["a.ipynb", "/etc/passwd", "/home/bob/a.ipynb", "/home/ann", "/sharedx/a", "s3://b/a", "~bob/a"])(
    "knows nothing of %j",
    (given) => {
      expect(() => resolveVirtualPath(mounts, given, "ann")).toThrow(
        expect.objectContaining({ code: "PATH_NOT_MOUNTED" }) as Error,
      );
    },
  );

  it.each(["~/../bob/a.ipynb", "/shared/../../etc/passwd", "~//a", "~/a\0"])(
    "leaves it to the store to refuse %j",
    async (given) => {
      const { store, path } = resolveVirtualPath(mounts, given, "ann");
      await expect(store.stat(path)).rejects.toMatchObject({ code: "STORAGE_PATH_INVALID" });
    },
  );
});
