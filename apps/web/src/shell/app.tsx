import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect, useSyncExternalStore } from "react";
import { BrowsePage } from "../browse/browse-page.tsx";
import { useRoute } from "../routing/location.ts";
import type { Route } from "../routing/route.ts";
import { isSignedOut } from "../server/query-client.ts";
import { Keyboard } from "./keyboard.tsx";
import { lazyPage } from "./lazy-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { ToastList } from "./toast-list.tsx";
import { TopBar } from "./top-bar.tsx";

// What shows notebooks is large, and lists do not need it.
const ViewPage = lazyPage(async () => (await import("../notebook/view-page.tsx")).ViewPage);
const WorkflowsPage = lazyPage(async () => (await import("../workflows/workflows-page.tsx")).WorkflowsPage);
const WorkflowPage = lazyPage(async () => (await import("../workflows/workflow-page.tsx")).WorkflowPage);
const WorkflowRunPage = lazyPage(
  async () => (await import("../workflows/workflow-run-page.tsx")).WorkflowRunPage,
);
const StatusPage = lazyPage(async () => (await import("../status/status-page.tsx")).StatusPage);
const ComparePage = lazyPage(async () => (await import("../compare/compare-page.tsx")).ComparePage);
const SchedulesPage = lazyPage(async () => (await import("../schedules/schedules-page.tsx")).SchedulesPage);
const SchedulePage = lazyPage(async () => (await import("../schedules/schedule-page.tsx")).SchedulePage);
const SearchPage = lazyPage(async () => (await import("../search/search-page.tsx")).SearchPage);
const RunsPage = lazyPage(async () => (await import("../runs/runs-page.tsx")).RunsPage);
const RunPage = lazyPage(async () => (await import("../run/run-page.tsx")).RunPage);

/** Pages of the bar, which are small: their code comes when the browser has nothing else to do. */
const SOON = [RunsPage, SchedulesPage, WorkflowsPage, StatusPage, SearchPage];

/** The whole app. */
export function App(): ReactNode {
  const route = useRoute();
  const isOut = useSignedOut();
  useEffect(() => whenIdle(() => SOON.forEach((page) => page.preload())), []);
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

/** Calls when the browser is idle. @returns What takes that back. */
function whenIdle(call: () => void): () => void {
  // Safari has no such moments.
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(call, 1000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call);
  return () => cancelIdleCallback(handle);
}
