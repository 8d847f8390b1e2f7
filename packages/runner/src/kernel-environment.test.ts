import { expect, it } from "vitest";
import { kernelEnvironment } from "./kernel-environment.ts";

it("gives a kernel what programs need, and no token", () => {
  const env = {
    PATH: "/bin",
    LC_ALL: "C",
    NOTEMILL_TOKEN: "secret",
    AWS_SECRET_ACCESS_KEY: "secret",
    PWD: "/x",
  };
  expect(kernelEnvironment(env, { runId: "r", number: 2, outputs: "/out" })).toEqual({
    PATH: "/bin",
    LC_ALL: "C",
    NOTEMILL_RUN_ID: "r",
    NOTEMILL_ATTEMPT: "2",
    NOTEMILL_OUTPUTS: "/out",
  });
});
