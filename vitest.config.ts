import { defineConfig } from "vitest/config";
import { COMPILED, TEST_HOME } from "./tests/support/make-home.ts";

// Not "import": Vitest hands these on to Node, which would then use it for `require` too.
const resolve = { conditions: ["@notemill/source", "node"] };
const shared = { resolve, ssr: { resolve } };

/** Tests clear away what they make, so a process may serve many files: to start one takes half a second of a processor. */
const isolate = false;

/** How long what is looked at again and again may take where it has no limit of its own: it is there at once, but on a busy machine. */
const expect = { poll: { timeout: 90_000 } };

/** A machine that starts a hundred kernels is late now and then; what fails twice is broken. */
const retry = process.env["CI"] === "true" ? 1 : 0;

/**
 * Two projects in one process: `unit` holds the tests beside the code, `system`
 * those that need kernels, servers or other processes.
 */
export default defineConfig({
  test: {
    // Most of the time a test waits for a process, so two at a time is little even for one core; with four all takes
    // longer than with three.
    maxWorkers: 3,
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts"],
          isolate,
          expect,
          testTimeout: 60_000,
          retry,
        },
      },
      {
        ...shared,
        test: {
          name: "system",
          globalSetup: [
            "tests/support/build-cli.mjs",
            "tests/support/make-home.ts",
            "tests/support/make-database.mjs",
            "tests/support/make-shared-platforms.ts",
          ],
          env: {
            // The dot files of whoever runs the tests are not under test; what a shell reads there may take seconds.
            HOME: TEST_HOME,
            // Each program that a test starts would compile its modules anew, which takes longer than most of them run.
            NODE_COMPILE_CACHE: COMPILED,
          },
          // Many tests open PGlite for seconds; V8 would take longer than that to compile it a second time, for speed.
          execArgv: ["--liftoff-only"],
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "tests/**/*.test.ts"],
          isolate,
          expect,
          testTimeout: 240_000,
          retry,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
