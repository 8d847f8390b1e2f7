import { describe, expect, it } from "vitest";
import { KernelClient } from "../kernel-client.ts";
import { ExecutionClients } from "./execution-clients.ts";

describe("an execution that is gone on with twice", () => {
  it("is not ended by the records of before that the first one asked for", async () => {
    const clients = new ExecutionClients(() => new KernelClient());
    const first = clients.resume("a", 0, {});
    clients.beginReplay("a");
    const second = clients.resume("a", 0, {});
    await expect(first.reply).rejects.toMatchObject({ code: "EXECUTION_ABORTED" });
    const outcome = second.reply.catch((error: Error) => error.message);

    clients.endReplay("a", true);
    expect(clients.isReplaying).toBe(false);
    clients.beginReplay("a");
    clients.failReplay("a", new Error("of the second"));
    clients.endReplay("a", true);
    expect(await outcome).toBe("of the second");
  });
});
