import { startHostedKernel, startKernel } from "@notemill/kernel";
import { BUNDLED_HOST } from "../../kernel/testing/bundled-command.ts";
import { describeKernel } from "../../kernel/testing/kernel-contract.ts";
import { sql } from "../../kernel/testing/kernel-language.ts";
import { bundledKernelspec as kernelspec } from "./sql-bed.ts";

describeKernel(
  { title: "over tcp", start: (options) => startKernel({ ...options, transport: "tcp" }), kernelspec },
  sql,
);
describeKernel(
  {
    title: "with a host",
    start: (options) => startHostedKernel({ ...options, hostCommand: BUNDLED_HOST }),
    kernelspec,
  },
  sql,
);
