import { once } from "node:events";
import { createServer } from "node:net";
import type { Socket } from "node:net";

/** Told what a process writes. */
type OnOutput = (stream: "stdout" | "stderr", text: string) => void;

/** What one kernel writes to its standard output and standard error. */
export interface ExpectedOutput {
  /** Resolves when both streams have come and ended, as they do when their process has. */
  readonly ended: Promise<void>;
  /** Takes no further streams; those that have come go on. */
  forget(): void;
}

/** A socket to which forked kernels connect their standard output and standard error. */
export interface OutputListener extends AsyncDisposable {
  /** Calls `onOutput` with what comes from whoever names itself `id`. */
  expect(id: string, onOutput: OnOutput): ExpectedOutput;
}

interface Expectation {
  readonly onOutput: OnOutput;
  readonly onEnd: () => void;
}

/** Listens at `path`. A stream begins with one line: the id of its kernel, a space, its name. */
export async function listenForOutputs(path: string): Promise<OutputListener> {
  const expected = new Map<string, Expectation>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    receive(socket, (id) => expected.get(id));
  });
  server.listen(path);
  await once(server, "listening");

  return {
    expect(id, onOutput) {
      const ended = Promise.withResolvers<void>();
      let open = 2;
      const onEnd = (): void => {
        open -= 1;
        if (open === 0) ended.resolve();
      };
      expected.set(id, { onOutput, onEnd });
      return { ended: ended.promise, forget: () => void expected.delete(id) };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await promise;
    },
  };
}

function receive(socket: Socket, find: (id: string) => Expectation | undefined): void {
  let greeting: string | null = "";
  let forward = (_text: string): void => {};
  // A reset says no more than the close that follows it.
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (text: string) => {
    if (greeting === null) {
      forward(text);
      return;
    }
    greeting += text;
    const [, id = "", stream, rest = ""] = /^(\S+) (stdout|stderr)\n(.*)$/s.exec(greeting) ?? [];
    const output = find(id);
    if (output && (stream === "stdout" || stream === "stderr")) {
      greeting = null;
      forward = (text) => output.onOutput(stream, text);
      socket.once("close", output.onEnd);
      if (rest !== "") forward(rest);
    } else if (greeting.length > LONGEST_GREETING) {
      socket.destroy();
    }
  });
}

const LONGEST_GREETING = 100;
