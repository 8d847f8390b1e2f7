import { startHostedKernel } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { python, typescript } from "../../testing/kernel-language.ts";

const hosted = { title: "with a host", start: startHostedKernel };

// The second is one that cannot be interrupted, and prints late.
for (const language of [python, typescript]) describeKernel(hosted, language);
