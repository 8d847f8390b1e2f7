const NOTHING =
  "default-src 'none'; img-src data: blob:; media-src data: blob:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * What a file of a person may do in a browser that shows it: it is in a sandbox
 * without an origin, loads nothing, and may run its own scripts only where it is active.
 *
 * @param appOrigin - Who may have it in a frame.
 */
export function outputPolicy(isActive: boolean, appOrigin: string): string {
  const scripts = isActive
    ? "sandbox allow-scripts; script-src 'unsafe-inline' 'unsafe-eval' blob:"
    : "sandbox";
  return `${scripts}; ${NOTHING}; frame-ancestors ${appOrigin}`;
}
