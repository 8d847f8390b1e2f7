import { runnerLabelSchema } from "@notemill/api";
import type { OptionValues } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";

/** The labels of a runner that the option `--label` gives it, each once. @throws {@link UsageError} */
export function readLabels(options: OptionValues): readonly string[] {
  const labels = [...new Set(options.texts("label"))];
  const wrong = labels.find((label) => !runnerLabelSchema.safeParse(label).success);
  if (wrong === undefined) return labels;
  throw new UsageError(
    `option --label: "${wrong}" is no label; give a name, or a name and a value, as gpu or region=eu`,
  );
}
