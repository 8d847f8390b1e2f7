import type { ListedRun } from "@notemill/api";
import { createContext, type ReactNode, useContext } from "react";
import { shortId } from "../shell/short-id.ts";
import { isComparable, isFull, type PickedRun } from "./picks.ts";

/** What the boxes of a list share. */
interface Picking {
  readonly picked: readonly PickedRun[];
  toggle(run: PickedRun): void;
  /** Goes to the comparison. */
  compare(): void;
}

/** The {@link Picking} of the list at hand; the rows themselves stay as they are whatever is picked. */
export const PickingContext = createContext<Picking | null>(null);

/** Picks a run to be compared with another one; Enter compares the two. Nothing for a run that cannot be. */
export function PickBox({ run }: { readonly run: ListedRun }): ReactNode {
  const picking = useContext(PickingContext);
  if (picking === null || !isComparable(run)) return null;
  const { picked, toggle, compare } = picking;
  const isPicked = picked.some(({ id }) => id === run.id);
  return (
    <label className="pick">
      <input
        type="checkbox"
        id={boxId(run)}
        aria-label={`Pick ${run.path.split("/").at(-1)} ${shortId(run.id)} to compare`}
        checked={isPicked}
        disabled={!isPicked && isFull(picked)}
        onChange={() => toggle(run)}
        onKeyDown={({ key }) => {
          if (key === "Enter" && isFull(picked)) compare();
        }}
      />
    </label>
  );
}

/** The id of the box of a run in the page. */
export function boxId({ id }: PickedRun): string {
  return `pick-${id}`;
}
