import { useSyncExternalStore } from "react";
import { BASE_PATH, withBase } from "./base-path.ts";
import { readRoute, type Route } from "./route.ts";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener("popstate", listener);
  };
}

/** The page that the address asks for. */
export function useRoute(): Route {
  const pathname = useSyncExternalStore(subscribe, () => location.pathname);
  return readRoute(pathname.slice(BASE_PATH.length));
}

/** What is behind the question mark of the address. */
export function useQueryString(): URLSearchParams {
  return new URLSearchParams(useSyncExternalStore(subscribe, () => location.search));
}

/** Goes to a page of the app, and to its top; what only changes on this page, such as a tab, stays where it is. */
export function goTo(href: string): void {
  const before = location.pathname;
  history.pushState(null, "", withBase(href));
  if (location.pathname !== before) scrollTo(0, 0);
  tell();
}

/** Changes the address of this page without a new step back. */
export function replaceQuery(query: URLSearchParams): void {
  const text = query.toString();
  history.replaceState(null, "", `${location.pathname}${text === "" ? "" : `?${text}`}${location.hash}`);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
