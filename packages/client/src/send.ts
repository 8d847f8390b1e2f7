/** Sends a request and gives the answer when its head is here, as the platform's `fetch` does. */
export type Send = (url: URL, request: SentRequest) => Promise<Answer>;

/** What {@link Send} is given of a request. */
export interface SentRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Blob | Uint8Array<ArrayBuffer> | string;
  readonly signal?: AbortSignal;
}

/** What is needed of an answer, of which `Response` has more. Its body is read once. */
export interface Answer {
  /** Whether the status is one from 200 to 299. */
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
