import { expect, it } from "vitest";
import { kernelEnvironment } from "./kernel-environment.ts";

it("gives a kernel what programs need, and no token but that of its attempt", () => {
  const env = {
    PATH: "/bin",
    LC_ALL: "C",
    NOTEMILL_TOKEN: "secret",
    AWS_SECRET_ACCESS_KEY: "secret",
    PWD: "/x",
  };
  const given = { server: { url: "http://s", token: "of the run" }, secrets: { NOTEMILL_SECRET_a: "t" } };
  expect(kernelEnvironment(env, { runId: "r", number: 2, outputs: "/out" }, given)).toEqual({
    PATH: "/bin",
    LC_ALL: "C",
    NOTEMILL_RUN_ID: "r",
    NOTEMILL_ATTEMPT: "2",
    NOTEMILL_OUTPUTS: "/out",
    NOTEMILL_SECRET_a: "t",
    NOTEMILL_SERVER: "http://s",
    NOTEMILL_TOKEN: "of the run",
  });
});
