import { Fragment, type ReactNode } from "react";

/** A path that may go on in a new line behind a slash, so that names stay whole where there is room for them. */
export function PathText({ path }: { readonly path: string }): ReactNode {
  return path.split(/(?<=\/)/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
