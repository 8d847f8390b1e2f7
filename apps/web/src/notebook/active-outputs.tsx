import { type OutputFrames, OutputFramesContext } from "@notemill/outputs";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";

/** Lets outputs within it be activated, each in a frame that the server has on an origin of its own. */
export function ActiveOutputs({ children }: { readonly children: ReactNode }): ReactNode {
  return <OutputFramesContext value={FRAMES}>{children}</OutputFramesContext>;
}

const FRAMES: OutputFrames = {
  async open(frame) {
    const { url, is_active: isActive } = await server.createOutputUrl({ frame });
    return isActive ? url : null;
  },
  get remedy() {
    const { protocol, hostname, port } = location;
    const here = `${protocol}//localhost${port === "" ? "" : `:${port}`}`;
    return hostname === "127.0.0.1"
      ? `What runs needs another host than the app. Open the app at ${here} for that.`
      : "What runs needs another host than the app, and this server has one only. Start it with --output-url for that.";
  },
  theme: () =>
    getComputedStyle(document.documentElement).colorScheme === "dark" || isDarkSystem() ? "dark" : "light",
};

/** Whether the colours are those of a system that is dark. */
function isDarkSystem(): boolean {
  return (
    getComputedStyle(document.documentElement).colorScheme === "light dark" &&
    matchMedia("(prefers-color-scheme: dark)").matches
  );
}
