import { afterAll } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import { describeKernel } from "../../testing/kernel-contract.ts";
import { python } from "../../testing/kernel-language.ts";

const pool = createKernelPool();

afterAll(async () => {
  await pool[Symbol.asyncDispose]();
});

describeKernel({ title: "that is forked", start: pool.acquire }, python);
describeKernel(
  {
    title: "that was started ahead",
    async start(options) {
      await pool.prepare(options);
      return pool.acquire(options);
    },
  },
  python,
);
