import { startKernel } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { typescript } from "../../testing/kernel-language.ts";

describeKernel({ title: "started cold", start: startKernel }, typescript);
