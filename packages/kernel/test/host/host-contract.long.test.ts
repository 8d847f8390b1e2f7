import { startHostedKernel } from "../../src/index.ts";
import { BUNDLED_HOST } from "../../testing/bundled-command.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { typescript } from "../../testing/kernel-language.ts";

// A kernel that cannot be interrupted, and prints late.
describeKernel(
  {
    title: "with a host",
    start: (options) => startHostedKernel({ ...options, hostCommand: BUNDLED_HOST }),
  },
  typescript,
);
