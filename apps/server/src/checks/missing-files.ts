import type { Failure } from "@notemill/api";

/** A file that a notebook looked for. */
export interface MissingFile {
  /** As the notebook names it. */
  readonly path: string;
  /** Where it may lie beside the notebook. */
  readonly candidates: readonly string[];
  /** Whether it is a module that may be that of a package. */
  readonly isModule: boolean;
}

/** How kernels say that a file is not there, with its name. */
const FILE_PATTERNS = [
  /No such file or directory(?: \(os error 2\))?: (?:\w+ )?['"]([^'"]+)['"]/,
  /cannot open file ['"‘]([^'"’]+)['"’]/,
  /No files found that match the pattern "([^"]+)"/,
  /(?:^|[\s:])([^\s:]+): No such file or directory/,
];

/** How Python says that a module is not there. */
const MODULE_PATTERN = /No module named ['"]([\w.]+)['"]/;

/** Finds out which file a failed cell did not find; null where it failed for another reason. */
export function missingFile({ evalue, message, traceback }: Failure): MissingFile | null {
  const text = [evalue ?? "", message, ...traceback.slice(-3)].join("\n");
  for (const pattern of FILE_PATTERNS) {
    const path = pattern.exec(text)?.[1];
    if (path !== undefined) return { path, candidates: [path.replace(/^\.\//, "")], isModule: false };
  }
  const module = MODULE_PATTERN.exec(text)?.[1];
  if (module === undefined) return null;
  const path = module.replaceAll(".", "/");
  const [top = ""] = path.split("/");
  const candidates = [`${path}.py`, `${top}.py`, `${top}/__init__.py`];
  return { path: module, candidates: [...new Set(candidates)], isModule: true };
}
