import { encodeWireJson, type Failure } from "@notemill/api";

/** A failure that is no cell's, as JSON. */
export function failureText(code: string, message: string): string {
  const nowhere = { cell_id: null, cell_index: null, ename: null, evalue: null, traceback: [] };
  return encodeWireJson({ code, message, ...nowhere } satisfies Failure);
}
