import { describe, expect, it } from "vitest";
import { readRoute, runHref, viewHref } from "./route.ts";

describe("readRoute", () => {
  it.each([
    ["/", { page: "home" }],
    ["", { page: "home" }],
    ["/view", { page: "home" }],
    ["/view/", { page: "home" }],
    ["/view/home/ada", { page: "view", path: "/home/ada" }],
    ["/view/home/ada/", { page: "view", path: "/home/ada" }],
    ["/view/home/a%20b/50%25.ipynb", { page: "view", path: "/home/a b/50%.ipynb" }],
    ["/runs", { page: "runs" }],
    ["/runs/0196-a", { page: "run", id: "0196-a" }],
    ["/schedules", { page: "schedules" }],
    ["/search", { page: "search" }],
    ["/search/a", { page: "not-found" }],
    ["/schedules/a", { page: "schedule", id: "a" }],
    ["/schedules/a/b", { page: "not-found" }],
    ["/runs/a/b", { page: "not-found" }],
    ["/view/%E0%A4%A", { page: "not-found" }],
    ["/tree", { page: "not-found" }],
  ])("reads %s", (pathname, route) => {
    expect(readRoute(pathname)).toEqual(route);
  });

  it.each(["/home/ada/a b.ipynb", "/shared/50%/#1?.ipynb", "/home/ada/ü–/x.ipynb"])(
    "leads back to %s",
    (path) => {
      expect(readRoute(viewHref(path))).toEqual({ page: "view", path });
      expect(readRoute(runHref("a/b"))).toEqual({ page: "run", id: "a/b" });
    },
  );
});
