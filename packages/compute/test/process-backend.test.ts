import { execFileSync } from "node:child_process";
import { openProcessBackend } from "../src/index.ts";
import { backendContract } from "./backend-contract.ts";

backendContract("processes of this machine", {
  open: (directory, aloneSeconds) =>
    openProcessBackend({ directory, ...(aloneSeconds === undefined ? {} : { aloneSeconds }) }),
  isThere: (marker) =>
    Promise.resolve(
      execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
        .split("\n")
        .some((line) => line.includes(marker)),
    ),
});
