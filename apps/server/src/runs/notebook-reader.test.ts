import { describe, expect, it } from "vitest";
import { createMemoryStore } from "@notemill/storage/testing";
import { createNotebookReader } from "./notebook-reader.ts";

const notebook = (source: string): string =>
  JSON.stringify({
    cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: [source] }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

describe("a notebook reader", () => {
  it("gives the same notebook while its file stays the same, and the new one when it does not", async () => {
    const store = createMemoryStore();
    const reader = createNotebookReader();
    await store.write("a.ipynb", notebook("one"));
    const first = await reader.read(store, "a.ipynb");
    expect(await reader.read(store, "a.ipynb")).toBe(first);

    await store.write("a.ipynb", notebook("two"));
    const second = await reader.read(store, "a.ipynb");
    expect(second.notebook.cells[0]?.source).toBe("two");
    expect(await reader.read(store, "a.ipynb")).toBe(second);

    await store.delete("a.ipynb");
    await expect(reader.read(store, "a.ipynb")).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
  });

  it("keeps stores apart, and remembers the ones that were asked for last", async () => {
    const [store, other] = [createMemoryStore(), createMemoryStore()];
    const size = Buffer.byteLength(notebook("x"));
    const reader = createNotebookReader(2 * (size * 5 + 8192));
    for (const path of ["a.ipynb", "b.ipynb", "c.ipynb"]) await store.write(path, notebook(path[0] ?? ""));
    await other.write("a.ipynb", notebook("o"));

    const a = await reader.read(store, "a.ipynb");
    const b = await reader.read(store, "b.ipynb");
    expect(await reader.read(store, "a.ipynb")).toBe(a);
    const others = await reader.read(other, "a.ipynb");
    expect(others.notebook.cells[0]?.source).toBe("o");
    // There is room for two, and b was asked for before a.
    expect(await reader.read(store, "a.ipynb")).toBe(a);
    expect(await reader.read(store, "b.ipynb")).not.toBe(b);
  });
});
