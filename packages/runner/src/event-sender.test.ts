import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { createEventSender } from "./event-sender.ts";

/** Sends events of these sizes, and gives the sizes of each request, and of what is left for the completion. */
async function send(sizes: readonly number[]) {
  const requests: (readonly number[])[] = [];
  const sizesOf = (events: readonly { readonly data: RawJson }[]) =>
    events.map(({ data }) => data.text.length);
  const sender = createEventSender(
    {
      appendEvents: async (_id, { first, events }) => {
        requests.push(sizesOf(events));
        return { next: first + events.length };
      },
    },
    { id: "a", fence: 1 },
    { signal: new AbortController().signal, onLost: () => undefined },
  );
  const event = (size: number) => ({
    kind: "cell-output",
    at: new Date(0).toISOString(),
    data: new RawJson(JSON.stringify("x".repeat(size - 2))),
  });
  const events = sizes.map(event);
  for (const it of events) sender.push(it);
  const { first, events: rest } = await sender.rest();
  return { requests, first, rest: sizesOf(rest) };
}

const MI = 1024 * 1024;

it("ends a request at 8 Mi characters, and that of the completion too", async () => {
  const { requests, first, rest } = await send([5, 3 * MI, 4 * MI, 2 * MI, 9 * MI, 3 * MI, 4 * MI]);
  expect(requests.flat().length).toBe(first);
  expect([...requests.flat(), ...rest]).toEqual([5, 3 * MI, 4 * MI, 2 * MI, 9 * MI, 3 * MI, 4 * MI]);
  const totals = [...requests, rest].map((it) => it.reduce((sum, size) => sum + size, 0));
  expect(totals.filter((total) => total > 8 * MI)).toEqual([9 * MI]);
  expect(rest).toEqual([3 * MI, 4 * MI]);
});

it("ends a request at 500 events", async () => {
  const { requests, rest } = await send(Array.from({ length: 1201 }, () => 10));
  expect([...requests, rest].every(({ length }) => length <= 500)).toBe(true);
  expect([...requests.flat(), ...rest].length).toBe(1201);
});
