/**
 * Python environments for kernels: named or declared by a notebook, locked to
 * exact packages by `uv`, built once, and shared by all processes of a directory.
 */
export type { BuiltEnvironment } from "./build-environment.ts";
export type { BuildFailure } from "./build-failures.ts";
export { declaredEnvironment } from "./declared-environment.ts";
export type { DeclaredEnvironment } from "./declared-environment.ts";
export { environmentKernelspec, environmentVariables } from "./environment-kernel.ts";
export { lockedPackages, readLock } from "./environment-lock.ts";
export type { EnvironmentInput, EnvironmentLock } from "./environment-lock.ts";
export { openEnvironments } from "./environments.ts";
export type { ChosenEnvironment, Environments, NamedEnvironment } from "./environments.ts";
export { installedPackages } from "./installed-packages.ts";
