import { startHostedKernel, startKernel } from "@notemill/kernel";
import { describeKernel } from "../../kernel/testing/kernel-contract.ts";
import { sql } from "../../kernel/testing/kernel-language.ts";
import { sourceKernelspec as kernelspec } from "./sql-bed.ts";

describeKernel({ title: "over ipc", start: startKernel, kernelspec }, sql);
describeKernel(
  { title: "over tcp", start: (options) => startKernel({ ...options, transport: "tcp" }), kernelspec },
  sql,
);
describeKernel({ title: "with a host", start: startHostedKernel, kernelspec }, sql);
