import { readdirSync, readFileSync } from "node:fs";
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dealer } from "zeromq";
import { startSql } from "./sql-bed.ts";
import type { SqlBed } from "./sql-bed.ts";

let bed: SqlBed;
beforeAll(async () => {
  bed = await startSql();
});
afterAll(() => bed[Symbol.asyncDispose]());

describe("a SQL kernel lives through", () => {
  it("shows no control character in a table", async () => {
    const { result } = await bed.run("SELECT chr(27) || '[31m' || chr(10) AS x");
    expect(result["text/plain"]).toContain("\\u001b[31m\\n");
  });

  it("messages that are none, and takes no code from a stranger", async () => {
    const connection = JSON.parse(readFileSync(bed.kernel.connectionFile, "utf8")) as Record<string, string>;
    const stranger = new Dealer({ linger: 0 });
    stranger.connect(`ipc://${connection["ip"]}-${connection["shell_port"]}`);
    const header = JSON.stringify({ msg_id: "1", msg_type: "execute_request", session: "s" });
    const evil = JSON.stringify({ code: "CREATE TABLE pwned (a INT)" });
    const sign = (key: string, ...parts: string[]): string => {
      const hmac = createHmac("sha256", key);
      for (const part of parts) hmac.update(part);
      return hmac.digest("hex");
    };
    const key = connection["key"] ?? "";
    const good = sign(key, header, "{}", "{}", "[]");
    for (const frames of [
      [""],
      ["<IDS|MSG>"],
      ["<IDS|MSG>", "", "", "", "", ""],
      ["<IDS|MSG>", "", header, "{}", "{}", evil],
      ["<IDS|MSG>", sign("wrong", header, "{}", "{}", evil), header, "{}", "{}", evil],
      ["<IDS|MSG>", sign(key, "{", "{}", "{}", evil), "{", "{}", "{}", evil],
      ["<IDS|MSG>", sign(key, header, "{}", "{}", "{"), header, "{}", "{}", "{"],
      ["<IDS|MSG>", good, header, "{}", "{}", "[]"],
      ["<IDS|MSG>", good, header, "{}", "{}", "[]"],
      [Buffer.from([0xff, 0xfe]), "<IDS|MSG>", Buffer.from([0xff]), Buffer.from([0xff]), "", "", ""],
    ]) {
      await stranger.send(frames);
    }
    // The one message with a right signature has no code, and is answered as an empty cell.
    const [, , replyHeader = ""] = await stranger.receive();
    expect(String(replyHeader)).toContain("execute_reply");
    stranger.close();
    const { result } = await bed.run("SELECT count(*) AS n FROM duckdb_tables()");
    expect(result["text/plain"]).toBe("n\n─\n0\n(1 row)");
  });

  it("kill -9, and leaves nothing", async () => {
    await using other = await startSql();
    await other.run("CREATE TABLE t AS FROM range(10)");
    process.kill(other.kernel.pid, "SIGKILL");
    await other.kernel.died;
    expect(readdirSync(other.cwd)).toEqual([]);
  });
});
