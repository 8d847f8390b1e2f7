import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withDirectory } from "../../../tests/support/cli.ts";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import { openDatabase } from "../src/index.ts";

it("has one owner at a time, and is free the moment that one was killed, with what was acknowledged", async () => {
  await withDirectory(async (directory) => {
    const url = `pglite:${join(directory, "db")}`;
    await placeEmptyDatabase(join(directory, "db"));
    const program = `
      import { openDatabase } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
      const driver = await openDatabase(${JSON.stringify(url)});
      await driver.query("create table kept (x int)");
      await driver.query("insert into kept values ($1)", [7]);
      console.log("written");
      setInterval(() => undefined, 1000);`;
    const args = ["--conditions=@notemill/source", "--input-type=module", "--eval", program];
    const owner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await once(owner.stdout, "data");
    await expect(openDatabase(url)).rejects.toMatchObject({ code: "STORE_LOCKED" });
    owner.kill("SIGKILL");
    await once(owner, "close");

    const next = await openDatabase(url);
    await expect(openDatabase(url)).rejects.toMatchObject({ code: "STORE_LOCKED" });
    expect(await next.query("select x from kept")).toEqual([{ x: 7 }]);
    await next.close();
    await expect(next.query("select 1")).rejects.toMatchObject({ code: "STORE_CLOSED" });
  });
});

it("names a database that it cannot open", async () => {
  await expect(openDatabase("mysql://u:secret@h/d")).rejects.toMatchObject({
    code: "STORE_OPEN_FAILED",
    message: 'cannot open the database "mysql:…": expected postgres://… or pglite:DIRECTORY',
  });
  await expect(openDatabase("postgres://u:secret@127.0.0.1:1/d")).rejects.toMatchObject({
    code: "STORE_OPEN_FAILED",
    message: expect.not.stringContaining("secret") as string,
  });
});
