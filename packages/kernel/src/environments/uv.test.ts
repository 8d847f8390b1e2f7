import { describe, expect, it } from "vitest";
import { hasVariable, readLock } from "./environment-lock.ts";
import { lockEnvironment } from "./lock-environment.ts";
import { uvEnvironment } from "./uv.ts";

const CANARY = "canary-3b1f";

describe("uvEnvironment", () => {
  it("hands over what uv needs, and nothing else that the server knows", () => {
    const secret = Object.fromEntries(
      [
        "NOTEMILL_SECRET_KEY",
        "NOTEMILL_DB",
        "NOTEMILL_TOKEN",
        "NOTEMILL_SMTP_URL",
        "AWS_SECRET_ACCESS_KEY",
        "PYTHONPATH",
        "SECRET_PATH",
        "MY_UV_TOKEN",
        "UV_INDEX_CORP_PASSWORD",
        "UV_PUBLISH_TOKEN",
      ].map((name) => [name, CANARY]),
    );
    const needed = {
      HOME: "/home/ann",
      LC_ALL: "C.UTF-8",
      XDG_CACHE_HOME: "/cache",
      UV_INDEX_URL: "https://index.example/simple",
      SSL_CERT_FILE: "/ca.pem",
      no_proxy: "localhost",
    };
    const given = uvEnvironment({ ...secret, ...needed, PATH: "/usr/bin", NOTEMILL_VENV: "/venv" });
    expect(JSON.stringify(given)).not.toContain(CANARY);
    expect(given).toEqual({ ...needed, PATH: "/venv/bin:/usr/bin", NO_COLOR: "1", UV_NO_PROGRESS: "1" });
  });

  it("has no password by a name that requirements can have", () => {
    const proxy = `http://ann:${CANARY}@proxy:1`;
    const given = uvEnvironment({
      HTTPS_PROXY: proxy,
      ALL_PROXY: "http://other:1",
      all_proxy: proxy,
      UV_EXTRA_INDEX_URL: `https://ann:${CANARY}@a.example/simple https://${CANARY}@b.example/c@d`,
    });
    expect(given).toMatchObject({
      https_proxy: proxy,
      all_proxy: proxy,
      UV_EXTRA_INDEX_URL: "https://a.example/simple https://b.example/c@d",
    });
    const named = Object.entries(given).filter(([name]) => /^[A-Z0-9_]+$/.test(name));
    expect(JSON.stringify(named)).not.toContain(CANARY);
  });
});

describe("variables in requirements", () => {
  it.each([
    ["a URL", "six @ https://a.example/${NOTEMILL_DB}/six.whl", true],
    ["an option", "--index-url https://${NOTEMILL_DB}.a.example/", true],
    ["an escape of TOML", String.raw`# dependencies = ["six @ https://a.example/\u0024{NOTEMILL_DB}"]`, true],
    ["another one", String.raw`dependencies = ["six @ https://a.example/$\U0000007BNOTEMILL_DB}"]`, true],
    ["a line that goes on", 'dependencies = ["""six @ https://a.example/$\\\n  {NOTEMILL_DB}"""]', true],
    ["none", "six==1.16.0 ; python_version < '3.13' # costs $5 {a}", false],
  ])("are found in %s", (_where, text, isThere) => {
    expect(hasVariable(text)).toBe(isThere);
  });

  it("are refused before uv is looked for, and in a lock", async () => {
    const text = "six @ https://a.example/${NOTEMILL_SECRET_KEY}/six.whl\n";
    const env = { NOTEMILL_UV: "/none", NOTEMILL_SECRET_KEY: CANARY };
    await expect(lockEnvironment({ kind: "requirements", text }, { env })).rejects.toMatchObject({
      code: "ENVIRONMENT_UNSOLVABLE",
      message: expect.stringContaining("${") as string,
    });
    expect(() => readLock(`# notemill environment 1\n# python 3.11\n${text}`)).toThrowError(
      expect.objectContaining({ code: "ENVIRONMENT_LOCK_INVALID" }),
    );
  });
});

describe("other files in requirements", () => {
  it.each([
    ["-r https://a.example/more.txt", "-r"],
    ["six\n  -c /etc/passwd", "-c"],
    ["six\r--requirement=https://a.example/more.txt", "--requirement"],
    ["--constraint more.txt", "--constraint"],
    ["-e ./here", "-e"],
  ])("are refused before uv is looked for: %j", async (text, option) => {
    const locked = lockEnvironment({ kind: "requirements", text }, { env: { NOTEMILL_UV: "/none" } });
    await expect(locked).rejects.toMatchObject({
      code: "ENVIRONMENT_UNSOLVABLE",
      message: expect.stringContaining(`it has "${option}"`) as string,
    });
  });
});
