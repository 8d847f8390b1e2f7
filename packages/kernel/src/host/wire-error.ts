import { isCodedError } from "@notemill/errors";
import { KernelError } from "../kernel-error.ts";
import type { KernelErrorCode } from "../kernel-error.ts";
import type { WireError } from "./host-protocol.ts";

/** Writes an error for its way to the driver. */
export function toWireError(error: unknown): WireError {
  if (isCodedError(error)) return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "KERNEL_HOST_START_FAILED", message: `the kernel host failed: ${message}`, details: {} };
}

/** Reads an error that came from a host, which has the codes of this package. */
export function fromWireError({ code, message, details }: WireError): KernelError {
  return new KernelError(code as KernelErrorCode, message, { details });
}
