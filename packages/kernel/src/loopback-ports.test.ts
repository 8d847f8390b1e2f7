import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { platform } from "node:process";
import { describe, expect, it } from "vitest";
import { areFree, pickLoopbackPorts } from "./loopback-ports.ts";

describe("pickLoopbackPorts", () => {
  it("picks a place of its own for each kernel", async () => {
    const picked = await Promise.all(Array.from({ length: 20 }, () => pickLoopbackPorts()));
    const places = new Set(picked.map(({ ip, first }) => `${ip}:${platform === "linux" ? 0 : first}`));
    expect(places.size).toBe(20);
    for (const { ip, first } of picked) {
      expect(ip).toMatch(/^127\.\d+\.\d+\.\d+$/);
      expect(first).toBeGreaterThanOrEqual(20_000);
      expect(first).toBeLessThan(32_000);
    }
  });
});

describe("areFree", () => {
  it.each([0, 4])("is false when somebody listens on port %i of the row", async (index) => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await areFree({ ip: "127.0.0.1", first: port - index })).toBe(false);
    server.close();
    await once(server, "close");
  });
});
