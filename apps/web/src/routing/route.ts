/** A page of the app, as its address says it. */
export type Route =
  | { readonly page: "home" }
  | { readonly page: "view"; readonly path: string }
  | { readonly page: "runs" }
  | { readonly page: "run"; readonly id: string }
  | { readonly page: "schedules" }
  | { readonly page: "schedule"; readonly id: string }
  | { readonly page: "search" }
  | { readonly page: "compare" }
  | { readonly page: "workflows" }
  | { readonly page: "workflow"; readonly id: string }
  | { readonly page: "workflow-run"; readonly id: string }
  | { readonly page: "status" }
  | { readonly page: "not-found" };

/**
 * Reads an address below the base path.
 *
 * @param pathname - As `/view/shared/a%20b.ipynb`.
 */
export function readRoute(pathname: string): Route {
  const [, first = "", ...rest] = pathname.replace(/\/+$/, "").split("/");
  const segments = rest.map(decoded);
  if (segments.includes(undefined)) return { page: "not-found" };
  const path = `/${segments.join("/")}`;
  switch (first) {
    case "":
      return { page: "home" };
    case "view":
      return rest.length === 0 ? { page: "home" } : { page: "view", path };
    case "runs":
      if (rest.length === 0) return { page: "runs" };
      return rest.length === 1 ? { page: "run", id: segments[0] ?? "" } : { page: "not-found" };
    case "workflows":
      if (rest.length === 0) return { page: "workflows" };
      return rest.length === 1 ? { page: "workflow", id: segments[0] ?? "" } : { page: "not-found" };
    case "workflow-runs":
      return rest.length === 1 ? { page: "workflow-run", id: segments[0] ?? "" } : { page: "not-found" };
    case "status":
      return rest.length === 0 ? { page: "status" } : { page: "not-found" };
    case "compare":
      return rest.length === 0 ? { page: "compare" } : { page: "not-found" };
    case "schedules":
      if (rest.length === 0) return { page: "schedules" };
      return rest.length === 1 ? { page: "schedule", id: segments[0] ?? "" } : { page: "not-found" };
    case "search":
      return rest.length === 0 ? { page: "search" } : { page: "not-found" };
    default:
      return { page: "not-found" };
  }
}

/** The address of the page of a file or directory. */
export function viewHref(virtualPath: string): string {
  return `/view${virtualPath.split("/").map(encodeURIComponent).join("/")}`;
}

/** The address of what is found by these words; of the newest notebooks without any. */
export function searchHref(words: string): string {
  return words === "" ? "/search" : `/search?q=${encodeURIComponent(words)}`;
}

/** The address of a run's page. */
export function runHref(id: string): string {
  return `/runs/${encodeURIComponent(id)}`;
}

/** The address of the page of a schedule. */
export function scheduleHref(id: string): string {
  return `/schedules/${encodeURIComponent(id)}`;
}

/** The address of the page of a workflow. */
export function workflowHref(id: string): string {
  return `/workflows/${encodeURIComponent(id)}`;
}

/** The address of the page of a workflow-run. */
export function workflowRunHref(id: string): string {
  return `/workflow-runs/${encodeURIComponent(id)}`;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
