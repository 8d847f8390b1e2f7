import { describe, expect, it } from "vitest";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { printed, run, statuses } from "../testing/run.ts";

const cells = (...sources: string[]) => pythonNotebook(...sources.map((source) => code(source)));

describe("a run that allows errors", () => {
  it("executes the cells behind one that raises, and fails at the last that did", async () => {
    const notebook = cells("1 / 0", "print('on')", "[][0]", "print('end')");
    const { outcome, saved } = await run(notebook, { allowErrors: true });
    expect(outcome).toMatchObject({ status: "failed", failure: { ename: "IndexError", cell_id: "c2" } });
    expect(statuses(saved)).toBe("marker failed completed marker failed completed");
    expect(printed(saved).join("")).toBe("<error>on\n<error>end\n");
  });

  it("ends where the notebook ends itself, and where the kernel dies", async () => {
    const early = await run(cells("1 / 0", "raise SystemExit", "1"), { allowErrors: true });
    expect(statuses(early.saved)).toContain("pending");
    const dead = await run(cells("import os; os._exit(3)", "1"), { allowErrors: true });
    expect(dead.outcome).toMatchObject({ status: "failed", failure: { code: "KERNEL_DIED" } });
    expect(statuses(dead.saved)).toBe("marker marker failed pending");
  });
});
