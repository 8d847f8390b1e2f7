import { createHmac, randomUUID } from "node:crypto";
import { Publisher, Router } from "zeromq";
import { createReplayGuard, encodeMessage, readMessage, verifyMessage } from "@notemill/messaging";
import type { MessageHeader, Sign } from "@notemill/messaging";
import type { JsonObject } from "@notemill/json";
import type { Connection } from "./connection-file.ts";

/** A request of a client. */
export interface Request {
  readonly channel: "shell" | "control";
  /** Whom the reply goes to. */
  readonly identities: readonly Uint8Array[];
  readonly header: MessageHeader;
  readonly content: JsonObject;
}

/** The kernel's side of its channels. */
export interface KernelSockets {
  /** Calls back with each request whose signature is right; ends when the sockets are closed. */
  listen(onRequest: (request: Request) => void): Promise<void>;
  reply(request: Request, content: JsonObject): Promise<void>;
  /** Publishes to every client. `parent` is the request that it comes from. */
  publish(type: string, parent: Request | null, content: JsonObject, metadata?: JsonObject): Promise<void>;
  close(): void;
}

/** How long what was sent may still take to leave when the sockets are closed. */
const LINGER_MS = 1_000;

/** Opens and binds the sockets. `onRejected` is told of what is no message of a client that knows the key. */
export async function openKernelSockets(
  connection: Connection,
  onRejected: (error: unknown) => void,
): Promise<KernelSockets> {
  const options = { linger: LINGER_MS, sendHighWaterMark: 0 };
  const router = (): Router => new Router({ ...options, receiveHighWaterMark: 0, handover: true });
  const routers = {
    shell: router(),
    control: router(),
    stdin: router(),
    hb: router(),
  };
  const iopub = new Publisher(options);
  await Promise.all([
    ...(["shell", "control", "stdin", "hb"] as const).map((name) =>
      routers[name].bind(connection.address(name)),
    ),
    iopub.bind(connection.address("iopub")),
  ]);

  const send = {
    shell: inOrder(routers.shell),
    control: inOrder(routers.control),
    iopub: inOrder(iopub),
  };
  const sign = signer(connection.key);
  const session = randomUUID();
  const seen = createReplayGuard();
  const frame = (type: string, parent: Request | null, content: JsonObject, metadata: JsonObject = {}) =>
    encodeMessage(
      { header: makeHeader(type, session), parent_header: parent?.header ?? null, metadata, content },
      sign,
    );

  const read = (channel: "shell" | "control", frames: readonly Uint8Array[]): Request | undefined => {
    try {
      const message = readMessage(channel, verifyMessage(channel, frames, sign, seen));
      const delimiter = frames.findIndex((it) => Buffer.from(it).equals(DELIMITER));
      const content = message.type === "other" ? message.content : {};
      return { channel, identities: frames.slice(0, delimiter), header: message.header, content };
    } catch (error) {
      onRejected(error);
      return undefined;
    }
  };
  const receive = async (
    channel: "shell" | "control",
    onRequest: (request: Request) => void,
  ): Promise<void> => {
    for await (const frames of routers[channel]) {
      const request = read(channel, frames);
      if (request) onRequest(request);
    }
  };
  return {
    async listen(onRequest) {
      await Promise.all([
        receive("shell", onRequest),
        receive("control", onRequest),
        echo(routers.hb),
        discard(routers.stdin),
      ]);
    },
    async reply(request, content) {
      const type = request.header.msg_type.replace(/_request$/, "_reply");
      await send[request.channel]([...request.identities, ...frame(type, request, content)].map(bytes));
    },
    async publish(type, parent, content, metadata) {
      await send.iopub([type, ...frame(type, parent, content, metadata).map(bytes)]);
    },
    close() {
      for (const socket of [...Object.values(routers), iopub]) socket.close();
    },
  };
}

/** A socket takes one message at a time. */
function inOrder(socket: Router | Publisher): (frames: readonly (string | Buffer)[]) => Promise<void> {
  let last = Promise.resolve();
  return (frames) => {
    last = last.then(() => socket.send([...frames]));
    return last;
  };
}

const DELIMITER = Buffer.from("<IDS|MSG>");

/** Answers each beat with itself. */
async function echo(router: Router): Promise<void> {
  // A client that has gone cannot be answered, and need not be.
  for await (const frames of router) await router.send(frames).catch(() => {});
}

/** Nothing is ever asked of a client, so no answer is awaited. */
async function discard(router: Router): Promise<void> {
  for await (const _frames of router);
}

function bytes(frame: Uint8Array): Buffer {
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
}

function makeHeader(type: string, session: string): MessageHeader {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: "5.3",
  };
}

function signer(key: string): Sign {
  if (key === "") return () => "";
  return (parts) => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
}
