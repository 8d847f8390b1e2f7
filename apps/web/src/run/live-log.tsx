import { Outputs, type OutputsProps } from "@notemill/outputs";
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { LiveLog as Log } from "./log-text.ts";

/** How near to its end a log has to be for what comes to be followed, in pixels. */
const NEAR = 24;

/** The log of a run that goes on. It stays at its end until somebody scrolls up, and again once they are back. */
export function LiveLog({
  log: { text, isCut },
  render,
}: {
  readonly log: Log;
  readonly render: OutputsProps["render"];
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const [isFollowed, setFollowed] = useState(true);
  const outputs = useMemo(() => [{ output_type: "stream", name: "stdout", text } as const], [text]);
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null || !isFollowed) return;
    current.scrollTop = current.scrollHeight;
    top.current = current.scrollTop;
  }, [isFollowed, text]);
  const look = (): void => {
    const { current } = place;
    if (current === null) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    // More may have come since this followed, so that only who goes up leaves the end.
    if (scrollHeight - scrollTop - clientHeight < NEAR) setFollowed(true);
    else if (scrollTop < top.current) setFollowed(false);
    top.current = scrollTop;
  };
  return (
    <>
      <p className="log-tools">
        <button type="button" aria-pressed={isFollowed} onClick={() => setFollowed(!isFollowed)}>
          Follow
        </button>
        <span className="quiet">
          {isCut ? "The end of the log so far; all of it is here when the run is over." : "The log so far."}
        </span>
      </p>
      <div
        ref={place}
        className="markup log live-log"
        tabIndex={0}
        role="group"
        aria-label="Log"
        onScroll={look}
      >
        <Outputs outputs={outputs} render={render} />
      </div>
    </>
  );
}
