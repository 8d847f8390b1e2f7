import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { S3Options } from "../src/index.ts";

/** A real S3 server for one test file, with one bucket that keeps versions. */
export interface Moto extends AsyncDisposable {
  /** To reach it with credentials that it accepts, and nothing from the environment. */
  readonly options: S3Options;
  readonly bucket: string;
}

/** What is in the bucket from the start. */
export interface MotoContents {
  /** That many empty objects, called by this prefix and a number of five digits. */
  readonly prefix: string;
  readonly count: number;
}

const PEERS = process.env["NOTEMILL_PEERS_VENV"] ?? fromHere("../../../.venv-peers");
const BUCKET = "notemill-tests";

/** Starts moto's S3 server on a free port of the loopback; it listens when this resolves. */
export async function startMoto({ prefix, count }: MotoContents = { prefix: "", count: 0 }): Promise<Moto> {
  const server = spawn(`${PEERS}/bin/python`, [fromHere("moto_server.py"), BUCKET, prefix, String(count)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(server, "exit");
  const said: string[] = [];
  // Its log is read to the end, or it would stop at a full pipe.
  createInterface(server.stderr).on("line", (line) => {
    if (said.length < 50) said.push(line);
  });
  const [endpoint] = await Promise.race([
    once(createInterface(server.stdout), "line") as Promise<[string]>,
    exited.then(() => Promise.reject(new Error(`moto ended at once:\n${said.join("\n")}`))),
  ]);
  return {
    bucket: BUCKET,
    options: {
      endpoint,
      region: "us-east-1",
      env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    },
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGKILL");
      await exited;
    },
  };
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
