import { describe } from "vitest";
import { startKernel } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { bash } from "../../testing/kernel-language.ts";

// bash_kernel 0.10 waits for ever for its shell's prompt when an interrupt comes at a bad moment.
describe("with another try", { retry: 2, timeout: 30_000 }, () => {
  describeKernel({ title: "started cold", start: startKernel }, bash);
});
