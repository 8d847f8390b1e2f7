/** Every code of a {@link ScrapProblem}. Each has a section in docs/reference/errors.md. */
export type ScrapProblemCode =
  | "SCRAP_PAYLOAD_INVALID"
  | "SCRAP_VERSION_UNSUPPORTED"
  | "CHECK_PAYLOAD_INVALID";

/** Something in an output that is meant as a scrap and cannot be read as one. */
export interface ScrapProblem {
  readonly code: ScrapProblemCode;
  readonly message: string;
  /** Index of the cell in the document, from 0. */
  readonly cellIndex: number;
}
