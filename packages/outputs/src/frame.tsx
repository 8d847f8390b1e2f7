import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ActivePart } from "./active-part.ts";
import { readFrameMessage, type ShowMessage } from "./frame-messages.ts";

/** How high a frame is before it says so itself, in pixels. */
const FIRST_HEIGHT = 120;

/**
 * Runs a part of an output in a frame of its own: without an origin, and able to do nothing but
 * scripts. All that is heard of it is how high it is, and that it failed.
 */
export function Frame({
  url,
  part,
  theme,
}: {
  readonly url: string;
  readonly part: ActivePart;
  readonly theme: ShowMessage["theme"];
}): ReactNode {
  const element = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent): void => {
      const { contentWindow = null } = element.current ?? {};
      if (contentWindow === null || source !== contentWindow) return;
      const message = readFrameMessage(data);
      if (message?.kind === "height") setHeight(message.height);
      if (message?.kind === "failed") setProblem(message.message);
      if (message?.kind === "ready") {
        const { mimeType, text } = part;
        // It has no origin that could be named; it is where the page's policy lets frames be.
        contentWindow.postMessage({ mimeType, text, theme } satisfies ShowMessage, "*");
      }
    };
    addEventListener("message", listen);
    return () => removeEventListener("message", listen);
  }, [part, theme]);
  return (
    <>
      {problem !== null && (
        <p className="activation-problem" role="alert">
          This cannot be shown: {problem}
        </p>
      )}
      <iframe
        ref={element}
        title={part.name}
        src={url}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        style={{ height }}
      />
    </>
  );
}
