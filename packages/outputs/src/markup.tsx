import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { trustMarkup } from "./trusted-markup.ts";

/** Properties of {@link Markup}. */
export interface MarkupProps {
  /** Markup that `@notemill/html-export` has written. */
  readonly html: string;
  readonly className?: string;
  /** The element that holds it. Default `div`. */
  readonly as?: "div" | "span" | "code" | "section";
  /** Told the element whenever the markup has become elements of it. Always the same function. */
  readonly onMade?: (element: HTMLElement) => void;
}

/** Shows markup of a notebook. Nothing else in the app makes elements of text. */
export function Markup({ html, className, as: Tag = "div", onMade }: MarkupProps): ReactNode {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (element.current === null) return;
    element.current.innerHTML = trustMarkup(html);
    onMade?.(element.current);
  }, [html, onMade]);
  return <Tag ref={element as RefObject<HTMLDivElement | null>} className={className} />;
}
