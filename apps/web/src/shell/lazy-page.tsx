import { type ComponentType, lazy, type ReactNode, useState } from "react";

/** A page whose code is loaded when the page is shown first, or earlier. */
export interface LazyPage<Props> {
  (props: Props): ReactNode;
  /** Loads the code, so that the page is there at once when it is shown. What goes wrong is told when it is. */
  preload(): void;
}

/**
 * Makes a page of which the code comes later.
 *
 * React's own `lazy` shows the fallback even where the code has come already, and keeps it for some 300 ms, so that
 * nothing flickers. A page whose code is there is shown without it.
 */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> {
  let loaded: ComponentType<Props> | undefined;
  const Later = lazy(async () => ({ default: (loaded = await load()) }));
  function Page(props: Props): ReactNode {
    // One or the other for as long as the page is shown: what it holds would be lost otherwise.
    const [Shown] = useState(() => loaded ?? (Later as ComponentType<Props>));
    return <Shown {...props} />;
  }
  return Object.assign(Page, {
    preload(): void {
      if (loaded !== undefined) return;
      load().then(
        (component) => {
          loaded = component;
        },
        () => undefined,
      );
    },
  });
}
