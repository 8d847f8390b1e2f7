import { createContext } from "react";
import type { ActivePart } from "./active-part.ts";

/** Where frames for outputs that need a program come from. */
export interface OutputFrames {
  /**
   * Gives the address of the frame of a program, on an origin of its own; null where there is no such origin,
   * and nothing may be active.
   */
  open(frame: ActivePart["frame"]): Promise<string | null>;
  /** What a reader can do where there is no such origin. */
  readonly remedy: string;
  readonly theme: () => "light" | "dark";
}

/** The {@link OutputFrames} of a page; null where outputs are static. */
export const OutputFramesContext = createContext<OutputFrames | null>(null);
