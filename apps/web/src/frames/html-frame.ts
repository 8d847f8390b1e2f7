/** The frame that runs what somebody has written: HTML with its scripts, or a script. */
import { forbidConnections } from "./forbid-connections.ts";
import { serveFrame } from "./serve-frame.ts";

forbidConnections();
serveFrame(({ mimeType, text }) => {
  if (mimeType.endsWith("script")) {
    // IPython's scripts put what they make into `element`.
    Object.assign(globalThis, { element: document.body });
    document.body.append(Object.assign(document.createElement("script"), { text }));
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(document.body);
  // Unlike innerHTML this makes scripts that run.
  document.body.append(range.createContextualFragment(text));
});
