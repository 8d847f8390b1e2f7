import { readdirSync } from "node:fs";
import { FIXTURES } from "./read-fixture.ts";

/** A hostile notebook for each thing that a page must not let happen: to run, to send, to deceive. */
export const TELLING: readonly string[] = [
  "css-exfiltration.ipynb",
  "event-handlers.ipynb",
  "runs-on-open.ipynb",
  "sanitiser-bypasses.ipynb",
  "webrtc-and-dns.ipynb",
];

/** All others, which try the same in more ways. */
export const OTHERS: readonly string[] = readdirSync(`${FIXTURES}hostile`).filter(
  (name) => name.endsWith(".ipynb") && !TELLING.includes(name),
);
