import type { OutputFrame } from "@notemill/api";

/** What is allowed to everything: bytes that are in the document itself. Nothing is loaded, asked or sent. */
const NOTHING =
  "default-src 'none'; img-src data: blob:; media-src data: blob:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; webrtc 'block'";

/** Scripts of whoever wrote the output. They have no origin, so what they make of text has none either. */
const ANY_SCRIPT = "'unsafe-inline' 'unsafe-eval' blob:";

/**
 * What a file of a person may do in a browser that shows it: it is in a sandbox
 * without an origin, loads nothing, and may run its own scripts only where it is active.
 *
 * @param appOrigin - Who may have it in a frame.
 */
export function outputPolicy(isActive: boolean, appOrigin: string): string {
  const scripts = isActive ? `sandbox allow-scripts; script-src ${ANY_SCRIPT}` : "sandbox";
  return `${scripts}; ${NOTHING}; frame-ancestors ${appOrigin}`;
}

/**
 * What the frame of a program that shows outputs may do. It is in a sandbox without an origin,
 * and runs the program; `html` also runs what it is handed.
 *
 * @param assets - Where its program is, with a slash at the end.
 */
export function framePolicy(
  frame: OutputFrame,
  { assets, appOrigin }: { readonly assets: string; readonly appOrigin: string },
): string {
  const scripts = frame === "html" ? `${assets} ${ANY_SCRIPT}` : assets;
  return `sandbox allow-scripts; script-src ${scripts}; ${NOTHING}; frame-ancestors ${appOrigin}`;
}
