import type { Plain } from "./arbitrary-mutation.ts";

/** A small notebook of nbformat 4 that has every field its format knows. */
export function everyField(minor: number): Plain {
  const id = (name: string): { id?: string } => (minor >= 5 ? { id: name } : {});
  const tagged = { name: "n", tags: ["a", "b"], jupyter: { source_hidden: true } };
  return {
    metadata: {
      kernelspec: { name: "k", display_name: "K" },
      language_info: {
        name: "l",
        codemirror_mode: { version: 3 },
        file_extension: ".l",
        mimetype: "text/l",
        pygments_lexer: "l",
      },
      orig_nbformat: 1,
      title: "t",
      authors: [{ name: "a" }],
    },
    nbformat: 4,
    nbformat_minor: minor,
    cells: [
      {
        ...id("code"),
        cell_type: "code",
        metadata: {
          ...tagged,
          execution: { "iopub.status.busy": "2026" },
          collapsed: true,
          scrolled: "auto",
        },
        source: ["a", "b"],
        execution_count: 1,
        outputs: [
          { output_type: "stream", name: "stdout", text: ["a"] },
          {
            output_type: "display_data",
            metadata: { a: 1 },
            data: { "text/plain": ["a"], "application/json": { a: 1 }, "application/x+json": 1 },
          },
          { output_type: "execute_result", metadata: {}, data: { "image/png": "a" }, execution_count: null },
          { output_type: "error", ename: "e", evalue: "v", traceback: ["t"] },
        ],
      },
      {
        ...id("markdown"),
        cell_type: "markdown",
        metadata: tagged,
        source: "a",
        attachments: { a: { "text/plain": "b" } },
      },
      { ...id("raw"), cell_type: "raw", metadata: { ...tagged, format: "f" }, source: [], attachments: {} },
    ],
  };
}
