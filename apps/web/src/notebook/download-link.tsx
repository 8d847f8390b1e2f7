import type { ReactNode } from "react";
import { withBase } from "../routing/base-path.ts";

/** Downloads a file as it is. */
export function DownloadLink({ path }: { readonly path: string }): ReactNode {
  const query = new URLSearchParams({ path });
  return (
    <a className="button" href={withBase(`/api/v1/files/content?${query.toString()}`)} download>
      Download
    </a>
  );
}
