import { startKernel } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { r } from "../../testing/kernel-language.ts";

describeKernel({ title: "started cold", start: startKernel }, r);
