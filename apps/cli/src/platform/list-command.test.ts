import { expect, it } from "vitest";
import { parseCommandLine } from "../command-line/parse-command-line.ts";
import { listCommand as deliveries } from "../commands/deliveries/list.ts";
import { slotsCommand } from "../commands/schedules/slots.ts";
import { olderOnes } from "./list-command.ts";

it("goes on with the same list: all that was asked for, but where it began", () => {
  const given = "--state given_up --schedule=its --limit 20 --before 9 --server http://other".split(" ");
  const { options } = deliveries;
  expect(olderOnes("deliveries list", options, parseCommandLine(deliveries, given), 3)).toBe(
    "\nolder ones: notemill deliveries list --state given_up --schedule its --limit 20 --server http://other --before 3\n",
  );
  const slots = parseCommandLine(slotsCommand, ["each morning"]);
  expect(olderOnes("schedules slots", slotsCommand.options, slots, "a")).toBe(
    "\nolder ones: notemill schedules slots 'each morning' --before a\n",
  );
});
