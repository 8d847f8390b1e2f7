import { CodedError } from "@notemill/errors";
import { ExecutorError } from "@notemill/executor";
import { expect, it } from "vitest";
import { errorHint } from "./error-hint.ts";

it.each([
  [
    "SERVER_UNREACHABLE",
    [],
    "/root",
    "; start one with notemill serve, or name the one that is meant with --server URL or $NOTEMILL_SERVER",
  ],
  [
    "PATH_NOT_MOUNTED",
    ["runs", "submit", "/root/a b/c.ipynb"],
    "/root",
    "; the shell has put /root/ in place of ~/: write '~/a b/c.ipynb', in quotes, for the server's own",
  ],
  [
    "NOTEBOOK_NOT_FOUND",
    ["/home/me/c.ipynb"],
    "/home/me/",
    "; the shell has put /home/me/ in place of ~/: write '~/c.ipynb', in quotes, for the server's own",
  ],
  ["NOTEBOOK_NOT_FOUND", ["~/c.ipynb", "/rooted/c.ipynb"], "/root", ""],
  ["PATH_NOT_MOUNTED", ["/c.ipynb"], "", ""],
  ["PATH_NOT_MOUNTED", ["/c.ipynb"], "/", ""],
  ["CELL_FAILED", ["/root/c.ipynb"], "/root", ""],
])("adds to %s of %j what helps", async (code, words, home, hint) => {
  expect(await errorHint(new CodedError(code, "what is wrong"), words, { env: { HOME: home } })).toBe(hint);
});

it("says how a file of this machine comes to the server", async () => {
  const details = { path: "examples/my report.ipynb" };
  const error = new CodedError("PATH_NOT_MOUNTED", "what is wrong", { details });
  expect(await errorHint(error, ["runs", "submit", details.path], { env: { HOME: "/root" } })).toBe(
    "; put a file of this machine there, as notemill files put 'examples/my report.ipynb' '~/my report.ipynb', or show its directory with notemill serve --home DIRECTORY or --mount /data=DIRECTORY",
  );
  const other = new CodedError("NOTEBOOK_NOT_FOUND", "what is wrong", { details });
  expect(await errorHint(other, ["runs", "submit", details.path], { env: { HOME: "/root" } })).toBe("");
});

it("names the kernels that there are where a notebook names none", async () => {
  const error = new ExecutorError("KERNEL_NAME_MISSING", "what is wrong");
  expect(await errorHint(error, [], { env: {} })).toMatch(/^; installed: (.*, )?python3(, .*)?, sql$/);
});
