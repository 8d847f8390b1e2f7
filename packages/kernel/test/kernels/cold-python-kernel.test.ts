import { startKernel } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { python } from "../../testing/kernel-language.ts";

describeKernel({ title: "started cold", start: startKernel }, python);
