import { createHmac } from "node:crypto";
import { Publisher, Router } from "zeromq";
import type { ConnectionInfo } from "../src/connection-info.ts";
import { channelAddress } from "../src/connection-info.ts";
import { header } from "./messages.ts";

/** A kernel's sockets, at which a test says what it likes. */
export interface PlayedKernel {
  /** Publishes a message as a kernel would. */
  publish(msgType: string, content: string, options?: PublishOptions): Promise<void>;
  /** Publishes frames that may be no message at all. */
  publishFrames(frames: readonly (string | Uint8Array)[]): Promise<void>;
  /** The next message that came on the shell channel. */
  receive(): Promise<readonly string[]>;
  close(): void;
}

/** What is special about a message. */
export interface PublishOptions {
  readonly msgId?: string;
  readonly parent?: string;
  readonly key?: string;
}

/** Opens a kernel's sockets; the iopub channel is ready when somebody has subscribed. */
export async function playKernel(connection: ConnectionInfo): Promise<PlayedKernel> {
  const shell = new Router({ linger: 0 });
  const iopub = new Publisher({ linger: 0, sendHighWaterMark: 0 });
  await shell.bind(channelAddress(connection, "shell"));
  await iopub.bind(channelAddress(connection, "iopub"));
  let sent = 0;
  const publishFrames: PlayedKernel["publishFrames"] = async (frames) => {
    await iopub.send(frames.map((frame) => Buffer.from(frame)));
  };
  return {
    publishFrames,
    async publish(msgType, content, { msgId, parent = "", key = connection.key } = {}) {
      const own = header(msgId ?? `m${(sent += 1)}`, msgType);
      const parts = [
        JSON.stringify(own),
        parent === "" ? "{}" : JSON.stringify(header(parent)),
        "{}",
        content,
      ];
      const hmac = createHmac("sha256", key);
      for (const part of parts) hmac.update(part);
      await publishFrames(["topic", "<IDS|MSG>", hmac.digest("hex"), ...parts]);
    },
    async receive() {
      const frames = await shell.receive();
      return frames.map(String);
    },
    close() {
      shell.close();
      iopub.close();
    },
  };
}
