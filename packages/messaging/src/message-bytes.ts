/** One message as bytes: its signature is checked or not yet made, and its JSON is unread. */
export interface MessageBytes {
  readonly header: Uint8Array;
  readonly parentHeader: Uint8Array;
  readonly metadata: Uint8Array;
  readonly content: Uint8Array;
  readonly buffers: readonly Uint8Array[];
}
