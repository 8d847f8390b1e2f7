import type { JsonValue } from "@notemill/json";
import type { DisplayDataOutput, ExecuteResultOutput } from "@notemill/nbformat";

/** An output that has a MIME bundle: the only kind that can hold a scrap. */
export type BundleOutput = DisplayDataOutput | ExecuteResultOutput;

/** A named value that a notebook recorded, a named display, or both. */
export interface Scrap {
  readonly name: string;
  /**
   * The value as JSON, numbers unharmed; `undefined` when there is only a display.
   * Data frames (`pandas`, `arrow`) stay the base64 text that is in the notebook.
   */
  readonly data: JsonValue | undefined;
  /** How the data was encoded: `json`, `text`, `pandas`, `arrow`, or the name of someone's own encoder. */
  readonly encoder: string;
  /** The output that shows the value. */
  readonly display: BundleOutput | undefined;
  /** Index of the last cell that recorded it, from 0. */
  readonly cellIndex: number;
}

/** The encoder of a scrap that has a display and no data. */
export const DISPLAY_ONLY = "display";
