/** What a fork server tells its owner: one line of JSON each. */
export type ForkServerEvent =
  | {
      readonly event: "ready";
      /** The environment after the interpreter's start, which may have changed it. */
      readonly env: Readonly<Record<string, string>>;
      /** The directories that it has imported modules from. */
      readonly path: readonly string[];
    }
  | { readonly event: "unfit"; readonly reason: string }
  | { readonly event: "forked"; readonly id: string; readonly pid: number }
  | { readonly event: "refused"; readonly id: string; readonly reason: string }
  /** `code` is the exit code, or the negative number of the signal. */
  | { readonly event: "exited"; readonly id: string; readonly code: number }
  | { readonly event: "pong" };

/** What the owner asks of a fork server. */
export type ForkServerRequest =
  | {
      readonly op: "fork";
      readonly id: string;
      readonly argv: readonly string[];
      readonly cwd: string;
      readonly cgroup: string | null;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly op: "ping" };
