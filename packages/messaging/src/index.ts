/**
 * The Jupyter messaging protocol without any I/O: what a message is, and how it
 * is written as signed frames and read back.
 *
 * {@link decodeMessage} and {@link encodeMessage} take the signing function from
 * whoever owns the sockets.
 */
export { comesInPieces, decodeMessage, readMessage, readMessagePieces } from "./decode-message.ts";
export { encodeMessage, signMessage, writeMessage } from "./encode-message.ts";
export type { Channel, KernelMessage, MessageHeader, MessageOf, OutgoingMessage } from "./kernel-message.ts";
export type {
  ClearOutputContent,
  CommContent,
  DisplayDataContent,
  ErrorContent,
  ExecuteInputContent,
  ExecuteResultContent,
  InputRequestContent,
  MessageContent,
  MimeData,
  StatusContent,
  StreamContent,
} from "./message-content.ts";
export type { MessageBytes } from "./message-bytes.ts";
export { MessagingError } from "./messaging-error.ts";
export type { MessagingErrorCode } from "./messaging-error.ts";
export { createReplayGuard } from "./replay-guard.ts";
export type { ReplayGuard } from "./replay-guard.ts";
export { verifyMessage } from "./verify-message.ts";
export type { Sign } from "./wire-format.ts";
export {
  readCommInfoReply,
  readCompleteReply,
  readExecuteReply,
  readHistoryReply,
  readInspectReply,
  readIsCompleteReply,
  readKernelInfo,
} from "./read-reply.ts";
export type {
  CommInfoReply,
  CompleteReply,
  ExecuteAborted,
  ExecuteFailed,
  ExecuteReply,
  ExecuteSucceeded,
  HistoryEntry,
  HistoryReply,
  InspectReply,
  IsCompleteReply,
  KernelInfo,
} from "./reply-content.ts";
