import { describeKernel } from "../../testing/kernel-contract.ts";
import { bash, python, r, typescript } from "../../testing/kernel-language.ts";
import { startKernel } from "../../src/index.ts";

const cold = { title: "started cold", start: startKernel };

for (const language of [python, bash, r, typescript]) describeKernel(cold, language);
