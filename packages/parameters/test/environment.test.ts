import { expect, it } from "vitest";
import { translateParameters } from "@notemill/parameters";
import { describeWith, R } from "../../../tests/requirements.ts";
import { runProcess } from "./run-process.ts";

/** What a shell, a quote or an encoding could take for something else. */
const HOSTILE = `a'b"c\\d $(echo run) \`echo run\` \${HOME} %s * <&> ü€😀\nsecond line`;
const HEX = Buffer.from(HOSTILE).toString("hex");

/** The source that reads the variable `SECRET_1` into `x`. */
function source(language: string, kernelName = "k"): string {
  const parameters = new Map([["x", { secret: "n" }]]);
  return translateParameters({ kernelName, language, parameters, environment: new Map([["x", "SECRET_1"]]) });
}

function run(command: string, args: readonly string[], input: string): string {
  return runProcess(command, args, input, { SECRET_1: HOSTILE }).trim();
}

it.each([
  ["python3", ["-"], `${source("python")}print(x.encode().hex())`],
  ["bash", [], `${source("bash")}printf %s "$x" | od -An -v -tx1 | tr -d ' \\n'`],
  [process.execPath, ["-"], `${source("typescript", "deno")}console.log(Buffer.from(x).toString("hex"))`],
  [process.execPath, ["-"], `${source("javascript")}console.log(Buffer.from(x).toString("hex"))`],
])("%s %j reads a hostile value from its environment as it is: %s", (command, args, input) => {
  expect(run(command, args, input)).toBe(HEX);
});

describeWith(R, "R", () => {
  it("reads a hostile value from its environment as it is", () => {
    const input = `${source("R")}cat(paste(format(charToRaw(x)), collapse = ""))`;
    expect(run("Rscript", ["-"], input)).toBe(HEX);
  });
});
