import { describe, expect, it } from "vitest";
import { readSqlSettings } from "./sql-settings.ts";

describe("readSqlSettings", () => {
  it("has defaults", () => {
    const settings = readSqlSettings({});
    expect(settings).toMatchObject({ allowedDirectories: [], timeZone: "UTC" });
    expect(settings.memoryLimit).toMatch(/^\d+MiB$/);
    expect(settings.threads).toBeGreaterThan(0);
  });

  it("reads what is given", () => {
    const env = {
      NOTEMILL_SQL_ALLOW: "/data:/more",
      NOTEMILL_SQL_MEMORY: "1.5GB",
      NOTEMILL_SQL_THREADS: "3",
      NOTEMILL_SQL_TIMEZONE: "Europe/Berlin",
    };
    expect(readSqlSettings(env)).toEqual({
      allowedDirectories: ["/data", "/more"],
      memoryLimit: "1.5GB",
      threads: 3,
      timeZone: "Europe/Berlin",
    });
  });

  it.each([
    ["NOTEMILL_SQL_ALLOW", "data"],
    ["NOTEMILL_SQL_MEMORY", "much"],
    ["NOTEMILL_SQL_THREADS", "0"],
  ])("refuses %s=%s", (name, value) => {
    expect(() => readSqlSettings({ [name]: value })).toThrow(
      expect.objectContaining({ code: "SQL_SETTING_INVALID", details: { name, value } }),
    );
  });
});
