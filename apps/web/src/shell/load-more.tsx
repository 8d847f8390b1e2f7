import { type ReactNode, useEffect, useRef } from "react";

interface LoadMoreProps {
  /** Whether it is on its way. */
  readonly isLoading: boolean;
  /** Whether the last try failed: then it waits for a press. */
  readonly hasFailed: boolean;
  readonly onMore: () => void;
}

/** Below a list that goes on: brings the next part when it comes near the window, or is pressed. */
export function LoadMore({ isLoading, hasFailed, onMore }: LoadMoreProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { current } = button;
    if (current === null || isLoading || hasFailed) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onMore();
      },
      { rootMargin: "800px 0px" },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [isLoading, hasFailed, onMore]);
  return (
    <button ref={button} type="button" className="more" onClick={onMore} aria-disabled={isLoading}>
      {isLoading ? "Loading …" : "Show more"}
    </button>
  );
}
