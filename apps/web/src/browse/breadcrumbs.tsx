import type { ReactNode } from "react";
import { viewHref } from "../routing/route.ts";
import { Trail } from "../shell/trail.tsx";

/** The way to a file or directory; each step is a link. The last one is what the page shows. */
export function Breadcrumbs({ path }: { readonly path: string }): ReactNode {
  const names = path.split("/").filter((name) => name !== "");
  const under = names.map((text, index) => ({
    text,
    href: viewHref(`/${names.slice(0, index + 1).join("/")}`),
  }));
  return (
    <Trail above={[{ text: "Files", href: "/" }, ...under].slice(0, -1)} here={names.at(-1) ?? "Files"} />
  );
}
