import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Fields of each event by its type, those that may be absent with a question mark. */
type Events = Readonly<Record<string, readonly string[]>>;

/** The events as the types of the executor have them. */
function eventsInSource(): Events {
  const source = readFileSync("packages/executor/src/run-event.ts", "utf8");
  const union = /export type RunEvent =([^;]*);/.exec(source)?.[1] ?? "";
  return Object.fromEntries(
    [...union.matchAll(/\w+/g)].map(([name]) => {
      const body = new RegExp(`export interface ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
      const fields = [...body.matchAll(/^ {2}readonly (\w+\??): (.*);$/gm)];
      const type = fields.find(([, field]) => field === "type")?.[2] ?? "";
      const others = fields.map(([, field = ""]) => field).filter((field) => field !== "type");
      return [type.replaceAll('"', ""), others];
    }),
  );
}

/** The events as docs/reference/events.md has them. */
function eventsInDocs(): Events {
  const [, ...sections] = readFileSync("docs/reference/events.md", "utf8").split(/^## /m);
  return Object.fromEntries(
    sections.map((section) => {
      const fields = [...section.matchAll(/^\| `(\w+)`(\??) \|/gm)];
      return [section.slice(0, section.indexOf("\n")), fields.map(([, field, mark]) => `${field}${mark}`)];
    }),
  );
}

it("docs/reference/events.md has every event and every field, in the order of the types", () => {
  const events = eventsInSource();
  expect(Object.keys(events)).toContain("run-finished");
  expect(events["run-started"]).toContain("run_id");
  expect(Object.entries(eventsInDocs())).toEqual(Object.entries(events));
});
