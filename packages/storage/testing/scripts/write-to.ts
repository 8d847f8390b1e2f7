/**
 * Writes a megabyte to a location and tells the code of the error, or `ok`, on standard error.
 *
 * Usage: write-to.ts LOCATION
 */
import { openLocation } from "../../src/index.ts";

const location = openLocation(process.argv[2] ?? "");
const line = `${"x".repeat(1023)}\n`;
try {
  await location.write(Array.from({ length: 1024 }, () => line));
  process.stderr.write("ok");
} catch (error) {
  process.stderr.write(error instanceof Error && "code" in error ? String(error.code) : String(error));
}
