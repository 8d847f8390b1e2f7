import type { Channel, MessageBytes } from "@notemill/messaging";
import type { LossReason } from "../execution-stream.ts";
import type { KernelDeath } from "../kernel.ts";
import type { Frame, FrameHeader } from "./frame-codec.ts";
import { protocolError } from "./frame-codec.ts";

/**
 * The protocol between a kernel host and those who connect to it.
 *
 * A connection begins with a {@link StartRequest} (the one that the host was
 * started with), an {@link AttachRequest}, a {@link StatusRequest} or a
 * {@link StopRequest}; the first two make it the driver's. See
 * docs/reference/kernel-host.md.
 */
export const PROTOCOL_VERSION = 1;

/** The file descriptor of a host's connection to the process that started it. */
export const CONTROL_DESCRIPTOR = 3;

/** Starts the kernel; part 0 is the JSON of a {@link HostPlan}. */
export interface StartRequest {
  readonly type: "start";
  readonly version: number;
}

/** Asks to drive the kernel. */
export interface AttachRequest {
  readonly type: "attach";
  readonly version: number;
  /** Whether to put out another driver. */
  readonly takeOver: boolean;
  /** The claim's number, or `null` for one more than the last. */
  readonly fence: number | null;
}

/** Asks how things are, and drives nothing. */
export interface StatusRequest {
  readonly type: "status";
  readonly version: number;
}

/** Ends kernel and host, whoever drives it. */
export interface StopRequest {
  readonly type: "stop";
  readonly version: number;
  readonly mode: "graceful" | "immediate";
}

/** The first frame of a connection. */
export type OpeningFrame = StartRequest | AttachRequest | StatusRequest | StopRequest;

/** What the driver sends once it is attached. */
export type DriverFrame =
  /** Lets records flow from this one on, or from the first that is not acknowledged. */
  | { readonly type: "flow"; readonly sequence: number | null }
  /** A message for the kernel, its parts as in {@link messageParts}. */
  | { readonly type: "message"; readonly channel: Exclude<Channel, "iopub"> }
  /** Records up to this one will never be asked for again. */
  | { readonly type: "acknowledge"; readonly sequence: number }
  /** Asks for the records of one execution that have flowed by, from a sequence number on. */
  | { readonly type: "resume"; readonly msgId: string; readonly sequence: number }
  | HostCall;

/** A request that is answered by a {@link HostAnswer} of the same number. */
export type HostCall = { readonly type: "call"; readonly call: number } & (
  | { readonly method: "interrupt" | "restart" | "release" }
  | { readonly method: "shutdown"; readonly mode: "graceful" | "immediate" }
  /** The kernel may outlive its driver by this many milliseconds. */
  | { readonly method: "keep"; readonly keepMs: number }
);

/** The driver is attached. Part 0 is the JSON of the `KernelInfo`, part 1 that of the `Kernelspec`. */
export interface AttachedFrame {
  readonly type: "attached";
  readonly version: number;
  readonly hostId: string;
  readonly hostPid: number;
  readonly pid: number;
  readonly connectionFile: string;
  readonly fence: number;
  readonly keepMs: number;
  readonly death: KernelDeath | null;
  /** The oldest record there is, and the one that will be added next. */
  readonly firstSequence: number;
  readonly nextSequence: number;
  /** The last record that a driver has acknowledged. */
  readonly acknowledged: number;
  /** Whether the disk takes no records at the moment, so that a later driver may miss some. */
  readonly isSpoolFailed: boolean;
  /** Requests for executions that have not come to their end. */
  readonly unfinished: readonly string[];
  /** Questions of the kernel to its user that nobody has answered. */
  readonly openInputs: readonly string[];
}

/** The answer to a {@link StatusRequest}; the connection is closed behind it. */
export interface HostStatusFrame {
  readonly type: "status";
  readonly version: number;
  readonly hostPid: number;
  readonly pid: number | null;
  readonly connectionFile: string | null;
  readonly state: "starting" | "idle" | "busy" | "dead";
  readonly death: KernelDeath | null;
  readonly isAttached: boolean;
  readonly keepMs: number;
  /** When the kernel ends if nobody attaches: ISO 8601, or `null` while somebody is. */
  readonly leaseUntil: string | null;
}

/** An error with its code, on its way to the driver. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What happened to the kernel; a record of the spool, between the messages before and after it. */
export type KernelEventFrame = { readonly type: "event"; readonly sequence: number } & (
  | { readonly event: "died"; readonly death: KernelDeath }
  /** The process was ended so as to be started anew. */
  | { readonly event: "restarting" }
  /** Part 0 is the JSON of the new `KernelInfo`. */
  | { readonly event: "restarted"; readonly pid: number }
  /** An output did not come through to the host; `parent` is the request that caused it, if that is known. */
  | { readonly event: "lost"; readonly reason: LossReason; readonly parent: string | null }
  /** Part 0 is what the process wrote. */
  | { readonly event: "output"; readonly stream: "stdout" | "stderr" }
);

/** A message of the kernel; a record of the spool, its parts as in {@link messageParts}. */
export interface MessageRecord {
  readonly type: "message";
  readonly sequence: number;
  readonly channel: Channel;
  readonly msgId: string;
  /** The request that caused it, or `""`. */
  readonly parent: string;
  readonly msgType: string;
}

/** The answer to a {@link HostCall}. */
export interface HostAnswer {
  readonly type: "answer";
  readonly call: number;
  readonly error: WireError | null;
  /** The record after which the driver can rely on what was done; 0 where it need not wait. */
  readonly sequence: number;
}

/** What the host sends to its driver. */
export type HostFrame =
  | AttachedFrame
  | KernelEventFrame
  | MessageRecord
  | HostAnswer
  /** The start, or the attaching, failed; the connection is closed. */
  | { readonly type: "refused"; readonly error: WireError }
  /** Something the driver should know, though nothing it asked for has failed. */
  | { readonly type: "notice"; readonly error: WireError }
  | HostStatusFrame
  /** Between these two come the records asked for by `resume`; `error` says why there are none. */
  | { readonly type: "resume-begun"; readonly msgId: string }
  | {
      readonly type: "resume-ended";
      readonly msgId: string;
      readonly error: WireError | null;
      /** Whether the execution has come to its end, so that there will be no more records of it. */
      readonly isOver: boolean;
    }
  /** The last frame: the connection is over because the host says so. */
  | { readonly type: "bye"; readonly reason: ByeReason };

/** Why a host ends a connection. */
export type ByeReason = "shutdown" | "released" | "taken-over" | "terminated" | "lease-expired";

/** The parts of a message, as they stand behind the header of a frame: four of JSON, then the buffers. */
export function messageParts(bytes: MessageBytes): readonly Uint8Array[] {
  return [bytes.header, bytes.parentHeader, bytes.metadata, bytes.content, ...bytes.buffers];
}

/**
 * Reads what {@link messageParts} gave.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when there are fewer than four parts.
 */
export function messageBytes(parts: readonly Uint8Array[]): MessageBytes {
  const [header, parentHeader, metadata, content, ...buffers] = parts;
  if (!header || !parentHeader || !metadata || !content) {
    throw protocolError(`a message has ${parts.length} parts; expected four and its buffers`);
  }
  return { header, parentHeader, metadata, content, buffers };
}

/** Whether a message is needed to know the end of an execution, however much of its output is wanted. */
export function saysHowItWent({ channel, msgType }: Pick<MessageRecord, "channel" | "msgType">): boolean {
  return channel === "shell" || msgType === "status";
}

/** What a field may hold: a type of JSON, that or `null`, a count from 0 on, or one of some words. */
type Field = "text" | "flag" | "count" | "count?" | "error?" | readonly string[];
type Fields = Readonly<Record<string, Field>>;

const ENDINGS = ["graceful", "immediate"];

/** The fields of each frame that is sent to a host. */
const REQUEST_FIELDS: Readonly<Record<string, Fields>> = {
  start: { version: "count" },
  attach: { version: "count", takeOver: "flag", fence: "count?" },
  status: { version: "count" },
  stop: { version: "count", mode: ENDINGS },
  flow: { sequence: "count?" },
  message: { channel: ["shell", "control", "stdin"] },
  acknowledge: { sequence: "count" },
  resume: { msgId: "text", sequence: "count" },
  call: { call: "count", method: ["interrupt", "restart", "release", "shutdown", "keep"] },
};

/** The fields of calls that have some. */
const CALL_FIELDS: Readonly<Record<string, Fields>> = {
  shutdown: { mode: ENDINGS },
  keep: { keepMs: "count" },
};

/** The fields of each frame that is sent by a host. */
const HOST_FIELDS: Readonly<Record<string, Fields>> = {
  attached: {
    version: "count",
    hostId: "text",
    hostPid: "count",
    pid: "count",
    fence: "count",
    nextSequence: "count",
  },
  refused: { error: "error?" },
  notice: { error: "error?" },
  status: { version: "count" },
  message: { sequence: "count", channel: ["iopub", "shell", "control", "stdin"], parent: "text" },
  event: { sequence: "count", event: ["died", "restarting", "restarted", "lost", "output"] },
  answer: { call: "count", error: "error?", sequence: "count" },
  "resume-begun": { msgId: "text" },
  "resume-ended": { msgId: "text", error: "error?", isOver: "flag" },
  bye: { reason: "text" },
};

/**
 * Reads the header of a frame that came to a host.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when the type or a field is not one of the protocol's.
 */
export function readRequest(frame: Frame): OpeningFrame | DriverFrame {
  const { header } = frame;
  checkFields(header, fieldsOf(REQUEST_FIELDS, header.type));
  if (header.type === "call") checkFields(header, fieldsOf(CALL_FIELDS, String(header["method"])) ?? {});
  return header as unknown as OpeningFrame | DriverFrame;
}

/**
 * Reads the header of a frame that came from a host.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when the type or a field is not one of the protocol's.
 */
export function readHostFrame(frame: Frame): HostFrame {
  checkFields(frame.header, fieldsOf(HOST_FIELDS, frame.header.type));
  return frame.header as unknown as HostFrame;
}

function checkFields(header: FrameHeader, fields: Fields | undefined): void {
  if (!fields) {
    throw protocolError(`a frame is of the unknown type ${JSON.stringify(header.type)}`);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (holds(header[name], field)) continue;
    const value = JSON.stringify(header[name]);
    throw protocolError(`a frame of type ${header.type} has ${name} ${value}; expected ${describe(field)}`);
  }
}

function fieldsOf(all: Readonly<Record<string, Fields>>, name: string): Fields | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

function holds(value: unknown, field: Field): boolean {
  switch (field) {
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "count":
      return isCount(value);
    case "count?":
      return value === null || isCount(value);
    case "error?":
      return value === null || (typeof value === "object" && value !== undefined && "code" in value);
    default:
      return typeof value === "string" && field.includes(value);
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function describe(field: Field): string {
  switch (field) {
    case "text":
      return "text";
    case "flag":
      return "true or false";
    case "count":
      return "a whole number";
    case "count?":
      return "a whole number or null";
    case "error?":
      return "an error or null";
    default:
      return field.join(", ").replace(/, ([^,]*)$/, " or $1");
  }
}
