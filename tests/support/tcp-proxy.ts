import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A connection between two processes that a test can cut. */
export interface TcpProxy extends AsyncDisposable {
  /** Loopback port to connect to. */
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Takes connections and passes nothing on, as a network does that loses every packet. */
  stall(): void;
  /** Undoes {@link TcpProxy.cut} and {@link TcpProxy.stall}; what was held back goes on. */
  mend(): void;
}

/** Starts a proxy in front of a loopback port, on a port of its own. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let mode: "open" | "cut" | "stalled" = "open";
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: () => Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      sockets.delete(socket);
      other().destroy();
    });
    if (mode === "stalled") socket.pause();
  };
  const server = createServer((near) => {
    if (mode === "cut") {
      near.resetAndDestroy();
      return;
    }
    const far = connect(targetPort, "127.0.0.1");
    keep(near, () => far);
    keep(far, () => near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => void to.write(bytes));
      from.once("end", () => void to.end());
      if (mode === "stalled") from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      mode = "cut";
      for (const socket of sockets) socket.resetAndDestroy();
    },
    stall() {
      mode = "stalled";
      for (const socket of sockets) socket.pause();
    },
    mend() {
      mode = "open";
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
