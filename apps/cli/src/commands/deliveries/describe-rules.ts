import type { DeliveryRules } from "@notemill/api";
import { textTable } from "../../text-table.ts";

/** Who is told, as one text. */
export function describeTarget(to: DeliveryRules["rules"][number]["to"]): string {
  return to.kind === "email" ? to.addresses.join(", ") : to.url;
}

/** Rules as a table. */
export function rulesTable({ rules }: DeliveryRules): string {
  if (rules.length === 0) return "nobody is told anything";
  const columns = ["Rule", "To", "On", "Sends"].map((title) => ({ title }));
  return textTable(
    columns,
    rules.map(({ id, to, on, after_seconds: after, scraps, page }) => [
      id,
      describeTarget(to),
      `${on.join(", ")}${after === undefined ? "" : ` after ${after} s`}`,
      [...scraps, ...(page ? ["a page"] : [])].join(", "),
    ]),
  );
}
