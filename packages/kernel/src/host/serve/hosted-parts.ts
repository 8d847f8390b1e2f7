import type { HostPlan } from "../host-plan.ts";
import type { Spool } from "../spool/spool.ts";
import type { KeepLease } from "./keep-lease.ts";
import type { RequestLog } from "./request-log.ts";
import type { SpooledKernel } from "./spooled-kernel.ts";

/** What a kernel host consists of once it was told what to start. */
export interface HostedParts {
  readonly plan: HostPlan;
  readonly kernel: SpooledKernel;
  readonly spool: Spool;
  readonly log: RequestLog;
  readonly lease: KeepLease;
}
