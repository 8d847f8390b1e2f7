import type { KernelMessage, MessageContent, MessageHeader } from "@notemill/messaging";

/** The header of a message that is made up. */
export function header(msgId: string, msgType = "made_up"): MessageHeader {
  return { msg_id: msgId, msg_type: msgType, session: "s", username: "u", date: "", version: "5.4" };
}

/** A made-up iopub message that a request has caused. */
export function iopub<Type extends keyof MessageContent>(
  parent: string,
  type: Type,
  content: MessageContent[Type],
): KernelMessage {
  return {
    channel: "iopub",
    type,
    content,
    header: header("x", type),
    parent_header: header(parent),
    metadata: {},
    buffers: [],
  } as unknown as KernelMessage;
}

/** Text that a request has printed. */
export function printed(parent: string, text: string): KernelMessage {
  return iopub(parent, "stream", { name: "stdout", text });
}

/** A change of what the kernel does for a request. */
export function status(parent: string, execution_state: "busy" | "idle"): KernelMessage {
  return iopub(parent, "status", { execution_state });
}
