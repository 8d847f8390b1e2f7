/**
 * A Jupyter kernel for SQL over DuckDB.
 *
 * {@link sqlKernelspec} says how it is started and {@link installSqlKernelspec}
 * tells other Jupyter clients; `@notemill/sql-kernel/serve` is the kernel itself.
 */
export { installSqlKernelspec } from "./install-sql-kernelspec.ts";
export { SqlKernelError } from "./sql-kernel-error.ts";
export type { SqlKernelErrorCode } from "./sql-kernel-error.ts";
export { sqlKernelspec } from "./sql-kernelspec.ts";
