/** Work was interrupted by the user. */
export class SqlInterruption extends Error {
  override readonly name = "SqlInterruption";

  constructor(options?: ErrorOptions) {
    super("the query was interrupted", options);
  }
}
