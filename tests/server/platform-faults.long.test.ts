import { describe, it } from "vitest";
import { EMBEDDED, playFaults } from "./play-faults.ts";

describe("a platform with an embedded database tells the truth", () => {
  it("after a runner was cut off for longer than its lease, and a kernel was killed", async () => {
    await playFaults(
      {
        ...EMBEDDED,
        strikes: [
          { afterMs: 900, deed: { type: "stall", forMs: 8000 } },
          { afterMs: 500, deed: { type: "kernel", signal: "SIGKILL" } },
        ],
      },
      12,
    );
  });
});
