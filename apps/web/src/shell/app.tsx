import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { BrowsePage } from "../browse/browse-page.tsx";
import { useRoute } from "../routing/location.ts";
import type { Route } from "../routing/route.ts";
import { isSignedOut } from "../server/query-client.ts";
import { Keyboard } from "./keyboard.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { ToastList } from "./toast-list.tsx";
import { TopBar } from "./top-bar.tsx";

// What shows notebooks is large, and lists do not need it.
const ViewPage = lazy(async () => ({ default: (await import("../notebook/view-page.tsx")).ViewPage }));
const WorkflowsPage = lazy(async () => ({
  default: (await import("../workflows/workflows-page.tsx")).WorkflowsPage,
}));
const WorkflowPage = lazy(async () => ({
  default: (await import("../workflows/workflow-page.tsx")).WorkflowPage,
}));
const WorkflowRunPage = lazy(async () => ({
  default: (await import("../workflows/workflow-run-page.tsx")).WorkflowRunPage,
}));
const StatusPage = lazy(async () => ({ default: (await import("../status/status-page.tsx")).StatusPage }));
const ComparePage = lazy(async () => ({
  default: (await import("../compare/compare-page.tsx")).ComparePage,
}));
const SchedulesPage = lazy(async () => ({
  default: (await import("../schedules/schedules-page.tsx")).SchedulesPage,
}));
const SchedulePage = lazy(async () => ({
  default: (await import("../schedules/schedule-page.tsx")).SchedulePage,
}));
const SearchPage = lazy(async () => ({ default: (await import("../search/search-page.tsx")).SearchPage }));
const RunsPage = lazy(async () => ({ default: (await import("../runs/runs-page.tsx")).RunsPage }));
const RunPage = lazy(async () => ({ default: (await import("../run/run-page.tsx")).RunPage }));

/** The whole app. */
export function App(): ReactNode {
  const route = useRoute();
  const isOut = useSignedOut();
  if (isOut) return <SignInPage />;
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <TopBar route={route} />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="quiet page">Loading …</p>}>
          <Page route={route} />
        </Suspense>
      </main>
      <ToastList />
      <Keyboard />
    </>
  );
}

function Page({ route }: { readonly route: Route }): ReactNode {
  switch (route.page) {
    case "home":
      return <BrowsePage path="/" changing={null} />;
    case "view":
      return <ViewPage key={route.path} path={route.path} />;
    case "runs":
      return <RunsPage />;
    case "run":
      return <RunPage key={route.id} id={route.id} />;
    case "workflows":
      return <WorkflowsPage />;
    case "workflow":
      return <WorkflowPage key={route.id} id={route.id} />;
    case "workflow-run":
      return <WorkflowRunPage key={route.id} id={route.id} />;
    case "status":
      return <StatusPage />;
    case "compare":
      return <ComparePage />;
    case "schedules":
      return <SchedulesPage />;
    case "schedule":
      return <SchedulePage key={route.id} id={route.id} />;
    case "search":
      return <SearchPage />;
    case "not-found":
      return <NotFoundPage />;
  }
}

/** Whether the server has refused somebody who is not signed in. */
function useSignedOut(): boolean {
  const cache = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.getAll().some(({ state }) => isSignedOut(state.error)),
  );
}
