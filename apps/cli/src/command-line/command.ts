/** An option of a command. One of these drives parsing, help, shell completion and the reference page. */
export interface OptionDefinition {
  /** Key of the value in {@link ParsedCommandLine.options}. */
  readonly name: string;
  /** Spellings, long first: `--parameters`, `-p`. */
  readonly flags: readonly string[];
  /** Spellings that set the option to `false`: `--no-progress-bar`. */
  readonly negatedFlags?: readonly string[];
  /** Names of the values that follow; none makes it a switch. */
  readonly values?: readonly string[];
  /** May be given more than once; the value is then a list. Default: the last one counts. */
  readonly repeatable?: boolean;
  /** What a value must be. Default `text`. */
  readonly type?: "text" | "integer" | "number" | "duration";
  /** What a value names, for shells to complete. Default: anything, so that files are offered. */
  readonly completes?: "kernelspec";
  /** The only values allowed. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** A positional argument of a command. */
export interface ArgumentDefinition {
  readonly name: string;
  readonly help: string;
  readonly optional?: boolean;
  /** Takes any number; the command tells them from an argument behind it. */
  readonly many?: boolean;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** One line, shown in the list of commands. */
  readonly summary: string;
  /** Paragraphs of the help text. */
  readonly description?: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  /** Command lines with what each does. */
  readonly examples?: readonly (readonly [commandLine: string, does: string])[];
  /** Left out of the list of commands. */
  readonly isHidden?: boolean;
  /** Does the work and gives the exit code. */
  readonly run: (parsed: ParsedCommandLine, terminal: Terminal) => Promise<number>;
}

/** What a person typed, sorted out and checked. */
export interface ParsedCommandLine {
  readonly arguments: readonly string[];
  readonly options: OptionValues;
}

/** Values of the options that were given. */
export interface OptionValues {
  /** Whether the option was given at all. */
  isGiven(name: string): boolean;
  /** Whether a switch is on; `undefined` when neither spelling was given. */
  flag(name: string): boolean | undefined;
  text(name: string): string | undefined;
  /** The values of a repeatable option, in order. */
  texts(name: string): readonly string[];
  /** The values of a repeatable option that takes two. */
  pairs(name: string): readonly (readonly [string, string])[];
  /** A whole or fractional number, or a duration in seconds. */
  number(name: string): number | undefined;
}

/** Where a command reads and writes. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** How the command was called, such as `./notemill`. Default: by its name. */
  readonly typedAs?: string | undefined;
  /**
   * Fires when the user or the system asks to stop; the reason is the signal's name.
   * A command that never asks for it is ended by the signal itself.
   */
  readonly interrupted: AbortSignal;
}
