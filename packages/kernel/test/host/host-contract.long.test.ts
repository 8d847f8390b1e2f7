import { startHostedKernel } from "../../src/index.ts";
import { BUNDLED_HOST } from "../../testing/bundled-command.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { python, typescript } from "../../testing/kernel-language.ts";

// The second cannot be interrupted, and prints late.
for (const language of [python, typescript])
  describeKernel(
    {
      title: "with a host",
      start: (options) => startHostedKernel({ ...options, hostCommand: BUNDLED_HOST }),
    },
    language,
  );
