import { ParametersError } from "@notemill/parameters";
import { openLocation } from "@notemill/storage";

/**
 * Reads the text of a YAML or JSON file.
 *
 * @throws {@link ParametersError} `PARAMETERS_INVALID` when it is not UTF-8: a value would be changed unseen.
 */
export async function readYamlFile(path: string): Promise<string> {
  const bytes = await openLocation(path).read();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ParametersError("PARAMETERS_INVALID", `"${path}" is not UTF-8 text; save it as that`, {
      cause,
    });
  }
}
