import { describe, expect, it } from "vitest";
import { planFork } from "./fork-plan.ts";

const plain = ["/venv/bin/python", "-m", "ipykernel_launcher", "-f", "/run/k/kernel.json"];
const base = { PATH: "/usr/bin", HOME: "/home/ada", LANG: "C.UTF-8" };

/** Whether one fork server serves a kernel with `env` and one with {@link base}. */
function shares(env: Record<string, string>, startupVariables?: readonly string[]): boolean {
  return planFork(plain, base)?.key === planFork(plain, { ...base, ...env }, startupVariables)?.key;
}

describe("planFork", () => {
  it.each([
    ["a plain command", plain, ["/venv/bin/python"]],
    ["a bare interpreter", ["python3.11", ...plain.slice(1)], ["python3.11"]],
    [
      "options of the interpreter",
      ["/venv/bin/python3", "-Xfrozen_modules=off", "-W", "error", ...plain.slice(1)],
      ["/venv/bin/python3", "-Xfrozen_modules=off", "-W", "error"],
    ],
    ["options of the kernel", [...plain, "--matplotlib=inline"], ["/venv/bin/python"]],
  ])("plans for %s", (_what, argv, command) => {
    expect(planFork(argv, base)?.command).toEqual(command);
  });

  it.each([
    ["another kernel", ["/venv/bin/python", "-m", "bash_kernel", "-f", "/run/k/kernel.json"]],
    ["another program", ["/usr/bin/R", "-e", "IRkernel::main()"]],
    ["a wrapper", ["conda", "run", "-n", "x", ...plain]],
    ["a path below the kernel's directory", ["venv/bin/python", ...plain.slice(1)]],
    ["no connection file", plain.slice(0, 3)],
    ["a connection file given in another way", [...plain.slice(0, 3), "--f=/run/k/kernel.json"]],
    ["a connection file used twice", [...plain, "--log=/run/k/kernel.json.log"]],
    ["no command", []],
    ["a command that only begins like one", ["-m", "ipykernel_launcher"]],
  ])("leaves %s to a cold start", (_what, argv) => {
    expect(planFork(argv, base)).toBeNull();
  });

  it.each([
    ["LD_LIBRARY_PATH", "/opt/lib"],
    ["LD_PRELOAD", "/opt/lib/x.so"],
    ["PYTHONPATH", "/srv/modules"],
    ["PYTHONHASHSEED", "1"],
    ["OMP_NUM_THREADS", "1"],
    ["MKL_NUM_THREADS", "1"],
    ["OPENBLAS_NUM_THREADS", "1"],
    ["KMP_AFFINITY", "none"],
    ["NUMEXPR_MAX_THREADS", "1"],
    ["MALLOC_ARENA_MAX", "2"],
    ["LC_ALL", "de_DE.UTF-8"],
    ["HOME", "/home/grace"],
    ["PATH", "/opt/bin"],
  ])("keeps kernels apart that differ in %s", (name, value) => {
    expect(shares({ [name]: value })).toBe(false);
  });

  it.each(["NOTEMILL_RUN", "AWS_SECRET_ACCESS_KEY", "TZ", "MPLBACKEND", "HOMEPAGE", "LANGUAGES"])(
    "lets kernels that differ in %s share a fork server, which never sees it",
    (name) => {
      expect(shares({ [name]: "x" })).toBe(true);
      expect(planFork(plain, { ...base, [name]: "x" })?.env).toEqual(base);
    },
  );

  it("keeps kernels apart that have other arguments, but not those that have another connection file", () => {
    const here = planFork(plain, base);
    expect(planFork([...plain.slice(0, 4), "/run/other.json"], base)).toEqual(here);
    expect(planFork([...plain, "--matplotlib=inline"], base)?.key).not.toBe(here?.key);
    expect(here?.args).toEqual(["-f", ""]);
  });

  it("minds the variables that are named to it", () => {
    expect(shares({ DD_SERVICE: "x" }, ["DD_SERVICE"])).toBe(false);
  });

  it("does not depend on the order of variables, nor on those that are not set", () => {
    const { PATH, ...rest } = base;
    expect(planFork(plain, { LC_ALL: undefined, ...rest, PATH })).toEqual(planFork(plain, base));
  });

  it.each([
    ["PYTHONPATH", ":/srv/modules"],
    ["PYTHONPATH", "lib"],
    ["LD_LIBRARY_PATH", "/opt/lib:"],
    ["LD_PRELOAD", "libx.so"],
  ])("leaves %s=%s to a cold start, as it is read in the kernel's directory", (name, value) => {
    expect(planFork(plain, { ...base, [name]: value })).toBeNull();
  });

  it("takes an empty search path for none", () => {
    expect(planFork(plain, { ...base, PYTHONPATH: "" })).not.toBeNull();
  });

  it("leaves a bare interpreter to a cold start where it is looked for in the kernel's directory", () => {
    const env = { ...base, PATH: ".:/usr/bin" };
    expect(planFork(["python3", ...plain.slice(1)], env)).toBeNull();
    expect(planFork(plain, env)).not.toBeNull();
  });
});
