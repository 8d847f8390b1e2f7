import type { Server, Socket } from "node:net";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { encodeJson } from "@notemill/json";
import type { Kernel } from "../../kernel.ts";
import type { Frame } from "../frame-codec.ts";
import { encodeFrame, protocolError } from "../frame-codec.ts";
import { hostIdOf, hostSocket, hostSpool } from "../host-directory.ts";
import type { HostPlan } from "../host-plan.ts";
import { readPlan } from "../host-plan.ts";
import type { AttachRequest, ByeReason, DriverFrame, HostFrame, StopRequest } from "../host-protocol.ts";
import { messageBytes, PROTOCOL_VERSION, readRequest } from "../host-protocol.ts";
import { writeHostRecord } from "../host-record.ts";
import { Spool } from "../spool/spool.ts";
import { overdue } from "../overdue.ts";
import { sweepKernelHosts } from "../sweep-kernel-hosts.ts";
import { toWireError } from "../wire-error.ts";
import type { AttachState } from "./attach-refusal.ts";
import { attachRefusal } from "./attach-refusal.ts";
import { DriverLink } from "./driver-link.ts";
import { createKeepLease } from "./keep-lease.ts";
import type { HostedParts } from "./hosted-parts.ts";
import { attachedFrame, spoolFailure, statusFrame } from "./host-frames.ts";
import { performCall } from "./perform-call.ts";
import { endSocket, readConnection, refusedFrame } from "./read-connection.ts";
import { createRequestLog } from "./request-log.ts";
import { SpooledKernel } from "./spooled-kernel.ts";

/** How long the clearing up may take before the process ends anyway, and the kernel's watchdog does the rest. */
const END_MS = 15_000;

/** How long a disk may take for what is still to be written. */
const CLOSE_MS = 5_000;

/** How long a goodbye may take to whoever does not listen. */
const GOODBYE_MS = 2_000;

/**
 * A kernel, its spool and its lease, and the one driver at a time that it obeys.
 *
 * Everything ends together: the kernel, the directory with all files in it, and the process around it.
 */
export class KernelHost {
  readonly #directory: string;
  readonly #abort = new AbortController();
  readonly #startedAt = new Date();
  readonly #ended = Promise.withResolvers<void>();
  /** Connections that are told when everything has ended. */
  readonly #farewells = new Set<Socket>();
  #server: Server | null = null;
  #parts: HostedParts | null = null;
  #starting: Promise<Kernel> | null = null;
  #ready: Promise<Kernel> | null = null;
  #link: DriverLink | null = null;
  #fence = 0;
  #isEnding = false;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Resolves when nothing of the kernel is left. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Takes up a connection: that of the process which started this one, or of another. */
  accept(socket: Socket): void {
    readConnection(socket, (frame) => this.#open(socket, frame));
  }

  /** Ends the kernel, clears up and says goodbye; a second call changes nothing. */
  end(reason: ByeReason, mode: "graceful" | "immediate"): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    setTimeout(this.#ended.resolve, END_MS).unref();
    void this.#end(reason, mode).then(this.#ended.resolve, this.#ended.reject);
  }

  async #end(reason: ByeReason, mode: "graceful" | "immediate"): Promise<void> {
    this.#abort.abort();
    this.#parts?.lease.suspend();
    await this.#starting?.catch(() => {});
    await this.#parts?.kernel.shutdown({ mode });
    // A file that is just begun would keep the directory.
    await overdue(this.#parts?.spool.abandon() ?? Promise.resolve(), CLOSE_MS);
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 5 });
    this.#server?.close();
    const bye: HostFrame = { type: "bye", reason };
    const goodbyes = [...this.#farewells].map((socket) => endSocket(socket, encodeFrame(bye)));
    await overdue(Promise.all([this.#link?.end(bye), ...goodbyes]), GOODBYE_MS);
  }

  /** Begins a connection by its first frame, and gives what takes the others. */
  #open(socket: Socket, frame: Frame): (frame: Frame) => void {
    const opening = readRequest(frame);
    if ("version" in opening && opening.version !== PROTOCOL_VERSION) {
      throw protocolError(
        `the kernel host speaks version ${PROTOCOL_VERSION}, not ${opening.version}; stop it and start anew`,
      );
    }
    switch (opening.type) {
      case "start":
        return this.#start(socket, readPlan(frame.parts[0]));
      case "attach":
        return this.#attach(socket, opening);
      case "status":
        void endSocket(socket, encodeFrame(statusFrame(this.#parts, this.#link !== null)));
        return () => {};
      case "stop":
        return this.#stop(socket, opening);
      default:
        throw protocolError(
          `a connection begins with ${opening.type}; expected start, attach, status or stop`,
        );
    }
  }

  #start(socket: Socket, plan: HostPlan): (frame: Frame) => void {
    if (this.#parts) throw protocolError("the kernel was started before");
    const log = createRequestLog();
    const spool = new Spool(hostSpool(this.#directory), plan.spool, {
      onAppended: () => this.#link?.wake(),
      onFailed: (error) => this.#link?.send({ type: "notice", error: spoolFailure(error) }),
      onBacklog: (isLong) => this.#parts?.kernel.onBacklog(isLong),
    });
    const kernel = new SpooledKernel({
      plan,
      directory: this.#directory,
      spool,
      log,
      signal: this.#abort.signal,
    });
    // Nothing may come before the launch: the kernel takes longer than all else.
    this.#starting = kernel.start();
    const lease = createKeepLease(plan.keepMs, () => this.end("lease-expired", "immediate"));
    const parts: HostedParts = { plan, spool, log, kernel, lease };
    this.#parts = parts;
    this.#fence = plan.fence;
    const link = this.#drive(socket, plan.fence, parts);
    link.flow(1);
    this.#ready = Promise.all([this.#starting, this.#listen().then(() => this.#record(plan, null))]).then(
      ([ready]) => ready,
    );
    this.#ready.then(
      (ready) => this.#announce(link, ready),
      (error: unknown) => {
        link.send({ type: "refused", error: toWireError(error) });
        this.end("shutdown", "immediate");
      },
    );
    return (frame) => this.#handle(link, frame);
  }

  #announce(link: DriverLink, kernel: Kernel): void {
    this.#sendAttached(link, kernel);
    if (!this.#parts || this.#isEnding) return;
    void this.#record(this.#parts.plan, kernel.connectionFile).catch(() => {});
    void sweepKernelHosts({ runtimeDir: dirname(this.#directory) }).catch(() => {});
  }

  #attach(socket: Socket, request: AttachRequest): (frame: Frame) => void {
    let link: DriverLink | null = null;
    const attach = (kernel: Kernel): void => {
      if (socket.destroyed || !this.#parts) return;
      const state: AttachState = {
        fence: this.#fence,
        isAttached: this.#link !== null,
        isEnding: this.#isEnding,
      };
      const error = attachRefusal(request, state, hostIdOf(this.#directory));
      if (error) {
        void endSocket(socket, refusedFrame(error));
        return;
      }
      void this.#link?.end({ type: "bye", reason: "taken-over" });
      this.#fence = request.fence ?? this.#fence + 1;
      link = this.#drive(socket, this.#fence, this.#parts);
      this.#sendAttached(link, kernel);
    };
    // Where there is no kernel yet, or never will be, the end of the host ends the connection.
    void this.#ready?.then(attach, () => {});
    return (frame) => {
      if (link) this.#handle(link, frame);
    };
  }

  #stop(socket: Socket, { mode }: StopRequest): (frame: Frame) => void {
    this.#farewells.add(socket);
    this.end("shutdown", mode);
    return () => {};
  }

  /** Makes a connection the driver's. */
  #drive(socket: Socket, fence: number, { spool, log, lease }: HostedParts): DriverLink {
    const link = new DriverLink({ socket, spool, log, fence });
    this.#link = link;
    lease.suspend();
    spool.deliver(spool.acknowledged);
    socket.once("close", () => this.#leave(link));
    return link;
  }

  /** Without its driver the kernel lives as long as its lease; without a lease, not at all. */
  #leave(link: DriverLink): void {
    if (this.#link !== link) return;
    this.#link = null;
    if (this.#isEnding || !this.#parts) return;
    this.#parts.spool.deliver(this.#parts.spool.acknowledged);
    this.#parts.lease.begin();
  }

  #handle(link: DriverLink, frame: Frame): void {
    // What a driver sends that was put out changes nothing.
    if (link !== this.#link || !this.#parts) return;
    const { kernel, spool } = this.#parts;
    const request = readRequest(frame) as DriverFrame;
    switch (request.type) {
      case "message":
        kernel.send(request.channel, messageBytes(frame.parts));
        return;
      case "flow":
        link.flow(request.sequence ?? spool.acknowledged + 1);
        return;
      case "acknowledge":
        spool.acknowledge(request.sequence);
        return;
      case "resume":
        link.resume(request.msgId, request.sequence);
        return;
      case "call":
        void performCall(request, this.#parts, {
          answer: (answer) => link.send(answer),
          shutDown: (mode) => this.end("shutdown", mode),
          release: () => this.#release(link),
        });
        return;
      default:
        throw protocolError("a driver is attached once");
    }
  }

  #release(link: DriverLink): void {
    this.#leave(link);
    void link.end({ type: "bye", reason: "released" });
  }

  #sendAttached(link: DriverLink, kernel: Kernel): void {
    if (!this.#parts) return;
    link.send(attachedFrame(this.#parts, kernel, { hostId: hostIdOf(this.#directory), fence: link.fence }), [
      Buffer.from(encodeJson({ ...kernel.info })),
      Buffer.from(encodeJson({ ...kernel.kernelspec })),
    ]);
  }

  async #listen(): Promise<void> {
    const server = createServer((socket) => this.accept(socket));
    this.#server = server;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(hostSocket(this.#directory), resolve);
    await promise;
  }

  #record({ options }: HostPlan, connectionFile: string | null): Promise<void> {
    return writeHostRecord(this.#directory, {
      version: PROTOCOL_VERSION,
      hostPid: process.pid,
      kernelName: options.kernelspec.name,
      displayName: options.kernelspec.displayName,
      cwd: options.cwd,
      startedAt: this.#startedAt.toISOString(),
      connectionFile,
    });
  }
}
