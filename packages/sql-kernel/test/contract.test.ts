import { startKernel } from "@notemill/kernel";
import { describeKernel } from "../../kernel/testing/kernel-contract.ts";
import { sql } from "../../kernel/testing/kernel-language.ts";
import { bundledKernelspec as kernelspec } from "./sql-bed.ts";

describeKernel({ title: "over ipc", start: startKernel, kernelspec }, sql);
