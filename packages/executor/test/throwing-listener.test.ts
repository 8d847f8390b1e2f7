import { describe, expect, it } from "vitest";
import { type Location, openLocation, StorageError } from "@notemill/storage";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { expectEndAt, runUntil } from "./run-until.ts";

describe("a listener that throws", () => {
  it("ends the run at cell-output, with a final file and nothing left open", () =>
    expectEndAt("cell-output"));

  it("leaves the file of a run that is over as it is", async () => {
    const { files, saved } = await runUntil("run-finished", pythonNotebook(code("print(1)")));
    expect(files).toEqual(["out.ipynb"]);
    expect(saved).toMatchObject({ status: "succeeded" });
  });

  it("makes a run fail whose last cell it heard of", async () => {
    const { saved } = await runUntil("cell-finished", pythonNotebook(code("print(1)")));
    expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
  });

  it("ends the run at a warning that comes from a save in the background", async () => {
    let isFirst = true;
    const openFlaky = (path: string): Location => {
      const location = openLocation(path);
      return new Proxy(location, {
        get(target, key) {
          if (key !== "write" || !isFirst) return Reflect.get(target, key, target) as unknown;
          isFirst = false;
          return () => Promise.reject(new StorageError("STORAGE_FULL", "the disk is full"));
        },
      });
    };
    const { saved, heard } = await runUntil("run-warned", pythonNotebook(code("while True: pass")), {
      openLocation: openFlaky,
    });
    expect(heard.at(-1)).toBe("run-warned");
    expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
  });

  it("keeps no kernel that nobody could take up", async () => {
    const { saved } = await runUntil("cell-output", pythonNotebook(code("print(1)")), {
      keepKernelMs: 60_000,
    });
    expect(saved).not.toHaveProperty("kernel");
  });
});
