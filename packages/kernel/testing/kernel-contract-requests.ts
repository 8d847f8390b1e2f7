import { expect, it } from "vitest";
import type { ContractCase } from "./kernel-contract.ts";
import { readAll } from "./run-cell.ts";

/** The part of the contract about requests other than executions, and about input. */
export function describeRequests({ language, start, shared }: ContractCase): void {
  it("answers what a front end asks", async () => {
    const kernel = await shared();
    expect(await kernel.kernelInfo()).toMatchObject({ implementation: kernel.info.implementation });
    expect(await kernel.commInfo()).toEqual({ comms: expect.anything() });
    if (language.completion) {
      const { code, match } = language.completion;
      const { matches } = await kernel.complete(code, code.length);
      expect(matches.map((text) => text.trim().replace(/\($/, ""))).toContain(match);
    }
    if (language.inspection) {
      const { code, word } = language.inspection;
      const { found, data } = await kernel.inspect(code, code.length);
      expect({ found, hasWord: String(data["text/plain"]).includes(word) }).toEqual({
        found: true,
        hasWord: true,
      });
    }
    if (language.incomplete !== undefined) {
      expect((await kernel.isComplete(language.incomplete)).status).toBe("incomplete");
      expect((await kernel.isComplete(language.print("x"))).status).toBe("complete");
    }
  });

  it("gets the input it asks for, or learns that there is none", async () => {
    if (language.askName === undefined) return;
    // The last question is never answered, so that the kernel is of no use to another test.
    await using kernel = await start();
    const prompts: string[] = [];
    const asking = kernel.execute(language.askName, {
      onInputRequest({ prompt }) {
        prompts.push(prompt);
        return "Ada";
      },
    });
    expect((await readAll(asking)).printed.trim()).toMatch(/Ada$/);
    expect(prompts).toEqual(["name? "]);

    const refused = kernel.execute(language.askName);
    expect((await readAll(refused)).error).toBeNull();

    const failing = kernel.execute(language.askName, {
      onInputRequest: () => Promise.reject(new Error("nobody is here")),
    });
    expect((await readAll(failing)).error).toEqual(new Error("nobody is here"));
  });
}
