import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from "react";
import { withBase } from "./base-path.ts";
import { goTo } from "./location.ts";

/** Properties of {@link Link}. */
export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick"> {
  /** An address of the app, as `/runs`. */
  readonly href: string;
}

/** A link to a page of the app, which opens without loading the app again. */
export function Link({ href, ...rest }: LinkProps): ReactNode {
  const follow = (event: MouseEvent): void => {
    const isPlain =
      rest.target === undefined &&
      event.button === 0 &&
      !event.metaKey &&
      !event.ctrlKey &&
      !event.shiftKey &&
      !event.altKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    goTo(href);
  };
  return <a {...rest} href={withBase(href)} onClick={follow} />;
}
