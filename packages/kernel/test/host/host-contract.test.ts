import { startHostedKernel } from "../../src/index.ts";
import { BUNDLED_HOST } from "../../testing/bundled-command.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { python } from "../../testing/kernel-language.ts";

describeKernel(
  {
    title: "with a host",
    start: (options) => startHostedKernel({ ...options, hostCommand: BUNDLED_HOST }),
  },
  python,
);
