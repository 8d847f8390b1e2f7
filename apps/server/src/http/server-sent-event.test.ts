import { expect, it } from "vitest";
import { serverSentEvent } from "./server-sent-event.ts";

it.each([
  ["in one line", { id: 7, event: "a", data: "{}" }, "id: 7\nevent: a\ndata: {}\n\n"],
  ["without an id", { event: "end", data: "{}" }, "event: end\ndata: {}\n\n"],
  [
    "whose data are laid out",
    { event: "a", data: '{\r\n "b":\n\n1\r}' },
    'event: a\ndata: {\ndata:  "b":\ndata: \ndata: 1\ndata: }\n\n',
  ],
  [
    "whose kind would make others of it",
    { id: 7, event: "a\nid: 9\r\revent: end", data: "{}" },
    "id: 7\nevent: a id: 9  event: end\ndata: {}\n\n",
  ],
])("is one event %s", (_what, event, text) => {
  expect(serverSentEvent(event)).toBe(text);
});
