import type { FrameMessage, ShowMessage } from "@notemill/outputs";

/** Draws what a frame is handed. */
export type Draw = (message: ShowMessage) => void | Promise<void>;

/**
 * Makes this document the frame of a program: it says that it is there, draws what the page that
 * has it hands over, once, and tells how high that is.
 *
 * The page checks what it is told: an output that runs in here can say the same.
 */
export function serveFrame(draw: Draw): void {
  const tell = (message: FrameMessage): void => parent.postMessage(message, "*");
  const { body, documentElement } = document;
  body.style.cssText = "margin:0;font:15px/1.5 system-ui,sans-serif;overflow-wrap:break-word";
  const listen = ({ source, data }: MessageEvent): void => {
    if (source !== parent) return;
    removeEventListener("message", listen);
    const message = data as ShowMessage;
    documentElement.style.colorScheme = message.theme;
    // Chrome gives a frame of another colour scheme a white ground; the same scheme lets the page show through.
    document.head.append(
      Object.assign(document.createElement("meta"), { name: "color-scheme", content: message.theme }),
    );
    new ResizeObserver(() =>
      tell({ kind: "height", height: Math.ceil(body.getBoundingClientRect().height) }),
    ).observe(body);
    const drawn = async (): Promise<void> => draw(message);
    drawn().catch((error: unknown) =>
      tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
    );
  };
  addEventListener("message", listen);
  tell({ kind: "ready" });
}
