import { encodeWireJson, parseWireJson, problemSchema } from "@notemill/api";
import type { z } from "zod";
import { ClientError, ServerProblem } from "./client-error.ts";
import type { Answer, Send } from "./send.ts";

/** Which server is asked, as whom. */
export interface ClientOptions {
  /** As `http://127.0.0.1:8765`. */
  readonly serverUrl: string;
  /** Default: none; in a browser that has signed in, its cookie goes along. */
  readonly token?: string;
  /** What requests are sent by. Default: the platform's `fetch`. */
  readonly send?: Send;
}

/** One request. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Encoded as the API's JSON, unless it is bytes. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request and gives the answer, whose body is not read yet.
 *
 * @throws {@link ClientError} `SERVER_UNREACHABLE`, {@link ServerProblem} with the
 * server's code, and the reason of `signal`.
 */
export async function sendRequest(options: ClientOptions, request: ApiRequest): Promise<Answer> {
  const { serverUrl, token, send = fetch } = options;
  const { method, path, query = {}, body, signal } = request;
  const url = new URL(`${serverUrl.replace(/\/+$/, "")}/api/v1${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const isBytes = body instanceof Uint8Array || body instanceof Blob;
  const response = await send(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined
        ? {}
        : { "content-type": isBytes ? "application/octet-stream" : "application/json" }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: bodyOf(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    throw signal?.aborted === true ? signal.reason : unreachable(serverUrl, cause);
  });
  if (!response.ok) throw await problemOf(response, serverUrl);
  return response;
}

/** A blob is sent as it is read. */
function bodyOf(body: unknown): Blob | Uint8Array<ArrayBuffer> | string {
  if (body instanceof Blob) return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : encodeWireJson(body);
}

/** Sends a request whose answer is JSON of a schema. @throws {@link ClientError} `ANSWER_INVALID`, and as {@link sendRequest}. */
export async function sendForJson<Schema extends z.ZodType>(
  options: ClientOptions,
  request: ApiRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await sendRequest(options, request);
  const text = await response.text().catch((cause: unknown) => {
    throw request.signal?.aborted === true ? request.signal.reason : unreachable(options.serverUrl, cause);
  });
  return readAnswer(text, schema, options.serverUrl);
}

/** Reads JSON of a schema. @throws {@link ClientError} `ANSWER_INVALID`. */
export function readAnswer<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  serverUrl: string,
): z.output<Schema> {
  try {
    return schema.parse(parseWireJson(text));
  } catch (cause) {
    throw new ClientError(
      "ANSWER_INVALID",
      `the server at ${serverUrl} gave an answer that is not one of Notemill's; is it another version?`,
      { cause },
    );
  }
}

/** The error for a server that does not answer, or stops in the middle. */
export function unreachable(serverUrl: string, cause: unknown): ClientError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  // A name with many addresses has an error for each.
  const first: unknown = inner instanceof AggregateError ? inner.errors[0] : inner;
  const why = first instanceof Error ? first.message || first.name : String(first);
  return new ClientError("SERVER_UNREACHABLE", `cannot reach the server at ${serverUrl}: ${why}`, { cause });
}

async function problemOf(response: Answer, serverUrl: string): Promise<Error> {
  const elsewhere = response.headers.get("location");
  if (response.status < 400 && elsewhere !== null)
    return new ClientError(
      "ANSWER_INVALID",
      `the server at ${serverUrl} says to look at ${elsewhere}; name the server that is there`,
      { details: { status: response.status } },
    );
  const text = await response.text().catch(() => "");
  try {
    const { code, detail, status, ...rest } = problemSchema.parse(parseWireJson(text));
    return new ServerProblem(code, detail, status, rest);
  } catch (cause) {
    return new ClientError(
      "ANSWER_INVALID",
      `the server at ${serverUrl} answered ${response.status} and no more`,
      { cause, details: { status: response.status } },
    );
  }
}
