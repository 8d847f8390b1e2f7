import { expect, it } from "vitest";
import { run, scriptCommand } from "../testing/run-script.ts";

it("opens every kind of place without loading the AWS SDK", async () => {
  const { code, stdout, stderr } = await run(scriptCommand("open-everything.ts", []));
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([]);
});
