import type { AttachRequest, WireError } from "../host-protocol.ts";

/** What decides on an attach request. */
export interface AttachState {
  /** The number of the latest claim. */
  readonly fence: number;
  readonly isAttached: boolean;
  readonly isEnding: boolean;
}

/**
 * Why a host does not obey whoever asks, or `null` when it does.
 *
 * A claim with a lower number than the latest is late, whether or not somebody
 * is attached; one with a higher number puts out whoever is.
 */
export function attachRefusal(
  { takeOver, fence }: AttachRequest,
  state: AttachState,
  hostId: string,
): WireError | null {
  if (state.isEnding)
    return refusal("KERNEL_HOST_NOT_FOUND", `the kernel host ${hostId} is ending`, { hostId });
  if (fence !== null && fence < state.fence) {
    const message = `claim ${fence} on the kernel host ${hostId} is late: claim ${state.fence} was made since`;
    return refusal("KERNEL_HOST_FENCED", message, { hostId, fence, latestFence: state.fence });
  }
  const isNewClaim = fence !== null && fence > state.fence;
  if (!state.isAttached || takeOver || isNewClaim) return null;
  const message = `another driver is attached to the kernel host ${hostId}; take over to put it out`;
  return refusal("KERNEL_HOST_ATTACHED", message, { hostId, fence: state.fence });
}

function refusal(code: string, message: string, details: WireError["details"]): WireError {
  return { code, message, details };
}
