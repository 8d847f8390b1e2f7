import type { Terminal } from "../command-line/command.ts";
import { oneLine } from "./one-line.ts";

/** Tells on standard error what a server has taken and may not be meant. */
export function tellWarnings(
  warnings: readonly { readonly code: string; readonly message: string; readonly step?: string }[],
  { stderr }: Pick<Terminal, "stderr">,
): void {
  for (const warning of warnings) stderr.write(`${warningLine(warning)}\n`);
}

/** One warning as a line. */
export function warningLine({
  code,
  message,
  step,
}: {
  readonly code: string;
  readonly message: string;
  readonly step?: string;
}): string {
  const place = step === undefined ? "" : `step "${step}": `;
  return `notemill: warning: ${oneLine(`${place}${message}`)} (${code})`;
}
