import { describe, it } from "vitest";
import { describeWith, POSTGRES } from "../requirements.ts";
import { EMBEDDED, playFaults, SHARED } from "./play-faults.ts";

describe("a platform with an embedded database tells the truth", () => {
  it("after its server was killed, and then a runner", async () => {
    await playFaults(
      {
        ...EMBEDDED,
        strikes: [
          { afterMs: 700, deed: { type: "server", signal: "SIGKILL", forMs: 100 } },
          { afterMs: 900, deed: { type: "runner", signal: "SIGKILL", forMs: 0 } },
        ],
      },
      11,
    );
  });
});

describeWith(POSTGRES, "a platform with two servers on one Postgres tells the truth", () => {
  it("after the database crashed, and the store of records was away", async () => {
    await playFaults(
      {
        ...SHARED,
        strikes: [
          { afterMs: 800, deed: { type: "database", signal: "SIGQUIT", forMs: 500 } },
          { afterMs: 300, deed: { type: "records", forMs: 1500 } },
        ],
      },
      13,
    );
  });
});
