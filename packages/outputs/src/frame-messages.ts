/** What the page hands to a frame, once the frame is ready. */
export interface ShowMessage {
  readonly mimeType: string;
  /** As it is in the notebook: HTML, a script, or JSON. */
  readonly text: string;
  readonly theme: "light" | "dark";
}

/** What a frame tells the page that has it. Whatever runs in the frame can tell the same. */
export type FrameMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "height"; readonly height: number }
  | { readonly kind: "failed"; readonly message: string };

/** The highest that a frame is shown, in pixels; what is higher scrolls. */
const HIGHEST = 4000;

/** The longest message of a frame that is shown, in UTF-16 units. */
const LONGEST = 300;

/** Reads what a frame has told, which may be anything; `undefined` for what means nothing. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== "object" || data === null || !("kind" in data)) return undefined;
  if (data.kind === "ready") return { kind: "ready" };
  if (data.kind === "height" && "height" in data && typeof data.height === "number") {
    const height = Math.ceil(data.height);
    return height >= 0 ? { kind: "height", height: Math.min(height, HIGHEST) } : undefined;
  }
  if (data.kind === "failed" && "message" in data && typeof data.message === "string")
    return { kind: "failed", message: data.message.slice(0, LONGEST) };
  return undefined;
}
