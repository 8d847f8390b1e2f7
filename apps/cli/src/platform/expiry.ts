import type { OptionDefinition, OptionValues } from "../command-line/command.ts";

/** When something ends by itself. @param standard - What it is where nobody says, for people to read. */
export function expiryOption(standard: string): OptionDefinition {
  return {
    name: "expires",
    flags: ["--expires"],
    values: ["DURATION"],
    type: "duration",
    help: `How long it holds, as 90d or 12h. Default: ${standard}.`,
  };
}

/** The instant that the option stands for, for the API; nothing where it is not given. */
export function expiryOf(options: OptionValues): { readonly expires_at?: string } {
  const seconds = options.number("expires");
  if (seconds === undefined) return {};
  return { expires_at: new Date(Date.now() + seconds * 1000).toISOString() };
}
