import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { File } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { createNotebookEncoder } from "@notemill/nbformat";
import { notebookOf } from "../runs/notebook-of.ts";

/** What Jupyter's contents API says of a file or directory. */
export interface ContentsModel {
  readonly name: string;
  /** Without a slash at the beginning. */
  readonly path: string;
  readonly type: "notebook" | "file" | "directory";
  readonly created: string;
  readonly last_modified: string;
  readonly mimetype: string | null;
  readonly size: number | null;
  readonly writable: boolean;
  readonly format: "json" | "text" | "base64" | null;
  readonly content: RawJson | string | readonly ContentsModel[] | null;
  readonly hash: string | null;
  readonly hash_algorithm: "sha256" | null;
}

/** A time for what has none: directories of a bucket. */
const NEVER = new Date(0).toISOString();

/** The model of what is there, without its content. */
export function contentsModel({ path, kind, size, modified_at: modifiedAt }: File): ContentsModel {
  const name = posix.basename(path);
  const isNotebook = kind === "file" && name.endsWith(".ipynb");
  return {
    name,
    path: path.replace(/^\/+/, ""),
    type: kind === "directory" ? "directory" : isNotebook ? "notebook" : "file",
    created: modifiedAt ?? NEVER,
    last_modified: modifiedAt ?? NEVER,
    mimetype: null,
    size,
    // Files are changed by the API, whose conditions these routes do not have.
    writable: false,
    format: null,
    content: null,
    hash: null,
    hash_algorithm: null,
  };
}

/** A model with the bytes of its file in it, as text where they are that and nobody wants something else. */
export function withContent(
  model: ContentsModel,
  bytes: Uint8Array,
  format: "text" | "base64" | undefined,
): ContentsModel | "not-text" {
  if (model.type === "notebook") {
    const text = createNotebookEncoder().encode(notebookOf(bytes)).join("");
    return { ...model, format: "json", content: new RawJson(text) };
  }
  const text = format === "base64" ? null : textOf(bytes);
  if (text !== null) return { ...model, format: "text", mimetype: "text/plain", content: text };
  if (format === "text") return "not-text";
  const content = Buffer.from(bytes).toString("base64");
  return { ...model, format: "base64", mimetype: "application/octet-stream", content };
}

/** A model with the hash of these bytes. */
export function withHash(model: ContentsModel, bytes: Uint8Array): ContentsModel {
  return { ...model, hash: createHash("sha256").update(bytes).digest("hex"), hash_algorithm: "sha256" };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
