import { CodedError } from "@notemill/errors";
import { describe, expect, it } from "vitest";
import { planProblems } from "./plan-problems.ts";

describe("what the server refuses of a schedule", () => {
  class Refusal extends CodedError {}
  const refusal = (code: string, details: Readonly<Record<string, unknown>> = {}): Error =>
    new Refusal(code, "it cannot be", { details });

  it.each([
    ["CRON_INVALID", "cron"],
    ["CRON_SECONDS_UNSUPPORTED", "cron"],
    ["TIME_ZONE_UNKNOWN", "zone"],
    ["SCHEDULE_NAME_TAKEN", "name"],
  ])("is beside its field: %s", (code, field) => {
    expect([...planProblems(refusal(code))]).toEqual([[field, "It cannot be."]]);
  });

  it("is beside the parameters that it names", () => {
    expect([...planProblems(refusal("EXPRESSION_SYNTAX", { parameter: "day" }))]).toEqual([
      ["parameter day", "It cannot be."],
    ]);
    const problems = [
      { kind: "type-mismatch", name: "day", message: "day is no text." },
      { kind: "missing", name: "region", message: "give region" },
      { name: 5 },
      null,
    ];
    expect([...planProblems(refusal("PARAMETERS_INVALID", { problems }))]).toEqual([
      ["parameter day", "Day is no text."],
      ["parameter region", "Give region."],
    ]);
  });

  it("is about the whole otherwise", () => {
    expect(planProblems(refusal("SCHEDULE_NEVER_DUE")).size).toBe(0);
    expect(planProblems(null).size).toBe(0);
    expect(planProblems(new Error("no code")).size).toBe(0);
  });
});
