import { renderAnsi } from "@notemill/html-export";
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Markup } from "./markup.tsx";
import { createTextChunks, hasTerminalSigns, plainText } from "./text-chunks.ts";

/** The height of a line, in `em`; the style sheet has the same. */
const LINE = 1.5;

/**
 * Shows a long text: all of it is in the page, so that the browser finds what is in it, and only
 * what is in sight is laid out and has its colours.
 */
export function LongText({ text, name }: { readonly text: string; readonly name: string }): ReactNode {
  const [chunksOf] = useState(createTextChunks);
  const chunks = useMemo(() => chunksOf(text), [chunksOf, text]);
  const lines = useMemo(() => chunks.reduce((sum, chunk) => sum + chunk.lines, 0), [chunks]);
  return (
    <div className="output">
      <div className={`long-text ${name}`} tabIndex={0} role="group" aria-label={`${name} text`}>
        {chunks.map((chunk, index) => (
          // Text is only appended, so that the place of a chunk tells it apart.
          <Chunk key={index} text={chunk.text} lines={chunk.lines} />
        ))}
      </div>
      <p className="note">{lines.toLocaleString("en-US")} lines</p>
    </div>
  );
}

const Chunk = memo(function Chunk({
  text,
  lines,
}: {
  readonly text: string;
  readonly lines: number;
}): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  // What has no signs of a terminal is the same with and without colours.
  const isPlain = !hasTerminalSigns(text);
  useEffect(() => {
    const { current } = element;
    if (current === null || isPlain || isNear) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root: current.parentElement, rootMargin: "600px 0px" },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [isPlain, isNear]);
  const html = useMemo(() => (isNear ? renderAnsi(text) : undefined), [isNear, text]);
  return (
    <div ref={element} className="text-chunk" style={{ containIntrinsicHeight: `${lines * LINE}em` }}>
      {html === undefined ? plainText(text) : <Markup as="span" html={html} />}
    </div>
  );
});
