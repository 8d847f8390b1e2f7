import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Dealer, Subscriber } from "zeromq";

interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
}

/**
 * Executes code over sockets of its own and receives until the kernel is idle.
 *
 * This is the least a client can do: no signature is checked and no message
 * decoded. Gives milliseconds from request to idle.
 */
export async function bareDrain(connectionFile: string, code: string): Promise<number> {
  const connection = JSON.parse(await readFile(connectionFile, "utf8")) as Connection;
  const address = (port: number): string =>
    `${connection.transport}://${connection.ip}${connection.transport === "ipc" ? "-" : ":"}${port}`;
  const shell = new Dealer();
  const iopub = new Subscriber();
  try {
    shell.connect(address(connection.shell_port));
    iopub.connect(address(connection.iopub_port));
    iopub.subscribe();
    await requestUntilIdle(shell, iopub, connection.key, "pass");
    const begun = performance.now();
    await requestUntilIdle(shell, iopub, connection.key, code);
    return performance.now() - begun;
  } finally {
    shell.close();
    iopub.close();
  }
}

async function requestUntilIdle(shell: Dealer, iopub: Subscriber, key: string, code: string): Promise<void> {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: "execute_request",
    session: id,
    username: "",
    date: new Date(),
    version: "5.3",
  };
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
  await shell.send(["<IDS|MSG>", signature, ...parts]);
  const reply = shell.receive();
  for await (const frames of iopub) {
    const isIdle = frames.at(-1)?.includes('"idle"') === true && frames.some((frame) => frame.includes(id));
    if (isIdle) break;
  }
  await reply;
}
