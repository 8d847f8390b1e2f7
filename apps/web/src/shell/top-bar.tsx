import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import type { Route } from "../routing/route.ts";
import { ThemeButton } from "./theme-button.tsx";

/** What is at the top of every page. */
export function TopBar({ route }: { readonly route: Route }): ReactNode {
  const isFiles = route.page === "home" || route.page === "view";
  const isRuns = route.page === "runs" || route.page === "run";
  const isWorkflows = ["workflows", "workflow", "workflow-run"].includes(route.page);
  return (
    <header className="top-bar">
      <Link href="/" className="wordmark" aria-label="Notemill, start">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M4 16V5l12 10V4" />
        </svg>
        <span>notemill</span>
      </Link>
      <nav aria-label="Pages">
        <Link href="/" aria-current={isFiles ? "page" : undefined}>
          Files
        </Link>
        <Link href="/runs" aria-current={isRuns ? "page" : undefined}>
          Runs
        </Link>
        <Link
          href="/schedules"
          aria-current={route.page === "schedules" || route.page === "schedule" ? "page" : undefined}
        >
          Schedules
        </Link>
        <Link href="/workflows" aria-current={isWorkflows ? "page" : undefined}>
          Workflows
        </Link>
        <Link href="/status" aria-current={route.page === "status" ? "page" : undefined}>
          Status
        </Link>
        <Link
          href="/search"
          className="search-link"
          aria-current={route.page === "search" ? "page" : undefined}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M10.3 10.3 14 14M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0" />
          </svg>
          <span>Search</span>
        </Link>
      </nav>
      <ThemeButton />
    </header>
  );
}
