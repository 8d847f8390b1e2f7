// Vitest's global set-up: the command-line tests run the bundle that users run.
export { build as setup } from "../../scripts/setup/build.mjs";
