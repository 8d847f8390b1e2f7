/** Makes a database with nothing in its tables: `node empty-database-main.ts DIRECTORY`. */
import { rm } from "node:fs/promises";
import { migrate, openPglite } from "../../packages/store/src/index.ts";

const [, , directory = ""] = process.argv;
await rm(directory, { recursive: true, force: true });
const driver = await openPglite(directory);
await migrate(driver, { now: new Date() });
// As a server leaves it: not analysed, so that the planner knows as little as on a first day.
await driver.query("checkpoint");
await driver.close();
await rm(`${directory}.lock`, { force: true });
