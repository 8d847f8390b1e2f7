import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { openFsStore, probeConditionalWrites } from "@notemill/storage";
import { checkSpace, type Finding } from "./check-machine.ts";

/** Looks at the data directory of a server on this machine, where there is one. */
export async function checkData(directory: string): Promise<readonly Finding[]> {
  const info = await stat(directory).catch(() => null);
  if (info === null) return [];
  const subject = "data directory";
  const findings: Finding[] = [await checkSpace(subject, directory)];
  // Others could read the token.
  if ((info.mode & 0o077) !== 0) {
    findings.push({
      level: "warning",
      subject,
      message: `other users can look into ${directory}`,
      remedy: `chmod 700 ${directory}`,
    });
  }
  findings.push(await checkRecords(directory));
  return findings;
}

async function checkRecords(path: string): Promise<Finding> {
  const subject = "store of records";
  try {
    const { create } = await probeConditionalWrites(openFsStore(path), `probe-${randomUUID()}`);
    if (create) return { level: "ok", subject, message: "files are created once, as records need it" };
    return {
      level: "error",
      subject,
      message: `the file system of ${path} writes over what is there`,
      remedy: "put the data directory on another file system: records would not be written once",
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      level: "error",
      subject,
      message,
      remedy: "check the owner, the mode and the room of the directory",
    };
  }
}
