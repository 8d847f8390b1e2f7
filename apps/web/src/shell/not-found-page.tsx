import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { useTitle } from "./use-title.ts";

/** What an address shows that leads to no page. */
export function NotFoundPage(): ReactNode {
  useTitle("Not found");
  return (
    <div className="page narrow">
      <h1>There is no such page</h1>
      <p>
        The address may have been cut off. <Link href="/">Go to your files</Link>, or to the{" "}
        <Link href="/runs">runs</Link>.
      </p>
    </div>
  );
}
