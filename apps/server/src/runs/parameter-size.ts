import { isDeeperThan } from "@notemill/json";
import { ServerError } from "../server-error.ts";

/** The most bytes that the parameters of one run have as JSON where nobody says: pages and claims have many runs. */
export const DEFAULT_MAX_PARAMETER_BYTES = 2 ** 20;

/** The most levels of what is nested in them: a claim has them within some more, and a runner reads five hundred. */
const MOST_LEVELS = 450;

/** No character is more bytes of UTF-8 than this. */
const BYTES_OF_CHARACTER = 3;

/**
 * Refuses parameters that are too large to be kept with a run, before anything is written.
 *
 * @param text - The parameters as JSON.
 * @throws {@link ServerError} `PARAMETERS_TOO_LARGE`.
 */
export function checkParameterSize(text: string, maxBytes: number): void {
  if (isDeeperThan(text, MOST_LEVELS)) {
    throw new ServerError(
      "PARAMETERS_TOO_LARGE",
      `the parameters are nested deeper than ${MOST_LEVELS} levels; put the data into a file that the notebook reads, and give the path of that`,
      { details: { maxLevels: MOST_LEVELS } },
    );
  }
  if (text.length * BYTES_OF_CHARACTER <= maxBytes) return;
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return;
  throw new ServerError(
    "PARAMETERS_TOO_LARGE",
    `the parameters have ${bytes} bytes as JSON, and those of one run at most ${maxBytes}; put the data into a file that the notebook reads, and give the path of that`,
    { details: { bytes, maxBytes } },
  );
}
