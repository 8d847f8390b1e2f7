import { withSecretKeys } from "@notemill/store";
import { startBackfilling } from "../backfills/go-on.ts";
import { startWatchingFiles } from "../events/watch-files.ts";
import { startTidying } from "../files/tidy-versions.ts";
import { startUpkeep } from "../operations/upkeep.ts";
import type { Platform } from "../platform.ts";
import { startRetention } from "../retention/start-retention.ts";
import { startSweeping } from "../runs/sweep.ts";
import { startScheduling } from "../schedules/scheduler.ts";
import { sealPlainWebhooks } from "../secrets/seal-webhooks.ts";
import { startAdvancing } from "../workflows/advancer.ts";

/** Starts all that a server does by itself, but for messages; one that only shows starts nothing and lets nothing go. */
export async function startLoops(
  platform: Platform,
  {
    started,
    retentionEveryMs,
  }: {
    readonly started: AsyncDisposableStack;
    readonly retentionEveryMs: number | undefined;
  },
): Promise<void> {
  const { driver, secretKeys, log, viewOnly } = platform;
  if (viewOnly === null) {
    const sealed = await withSecretKeys(driver, async (queries) =>
      sealPlainWebhooks(queries, await secretKeys.read()),
    );
    if (sealed > 0) log.info({ count: sealed }, "secrets of webhooks sealed");
    started.use(startSweeping(platform));
    started.use(startScheduling(platform));
    started.use(startBackfilling(platform));
    started.use(startWatchingFiles(platform));
    started.use(startAdvancing(platform));
    started.use(startTidying(platform));
    started.use(startRetention(platform, retentionEveryMs));
  }
  started.use(startUpkeep(platform));
}
