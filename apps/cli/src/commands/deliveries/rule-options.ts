import type { AskedDeliveryRule } from "@notemill/api";
import type { OptionDefinition, OptionValues } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

const EVENTS = ["succeeded", "failed", "cancelled", "late", "not_started", "slow"] as const;

/** The options that say who is told what. */
export const RULE_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "deliver",
    flags: ["--deliver"],
    values: ["TO"],
    repeatable: true,
    help: "Who is told: the https address of a webhook, or a mail address; may be given more than once.",
  },
  {
    name: "on",
    flags: ["--deliver-on"],
    values: ["EVENT"],
    repeatable: true,
    choices: [...EVENTS],
    help: "Of what; may be given more than once. late, not_started and slow go with --deliver-after. Default failed.",
  },
  {
    name: "after",
    flags: ["--deliver-after"],
    values: ["DURATION"],
    type: "duration",
    help: "How long late (not over after its slot), not_started (after its slot) and slow (takes longer) wait.",
  },
  {
    name: "scrap",
    flags: ["--deliver-scrap"],
    values: ["NAME"],
    repeatable: true,
    help: "A value that the notebook recorded, which is told too.",
  },
  {
    name: "page",
    flags: ["--deliver-page"],
    help: "Send the output along as a page without code: attached to a mail, or in JSON.",
  },
  {
    name: "format",
    flags: ["--deliver-format"],
    values: ["FORMAT"],
    choices: ["slack", "json"],
    help: "What a webhook is sent: slack suits Slack, Mattermost and the like. Default slack.",
  },
];

/** The rules that options name, one for each receiver. @throws {@link UsageError} */
export function rulesOf(options: OptionValues): AskedDeliveryRule[] {
  const on = options.texts("on") as AskedDeliveryRule["on"];
  const after = options.number("after");
  const format = options.text("format") as "slack" | "json" | undefined;
  return options.texts("deliver").map((to) => ({
    on: on.length === 0 ? ["failed"] : [...on],
    ...(after === undefined ? {} : { after_seconds: after }),
    to: targetOf(to, format),
    scraps: [...options.texts("scrap")],
    page: options.flag("page") === true,
  }));
}

function targetOf(to: string, format: "slack" | "json" | undefined): AskedDeliveryRule["to"] {
  if (/^https?:\/\//i.test(to))
    return { kind: "webhook", url: to, ...(format === undefined ? {} : { format }) };
  if (to.includes("@")) return { kind: "email", addresses: [to] };
  throw new UsageError(`option --deliver: "${to}" is neither an http address nor a mail address`);
}
