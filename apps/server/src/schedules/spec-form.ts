import type { ScheduleSpec } from "@notemill/api";
import type { Trigger } from "@notemill/schedules";
import { fileAt } from "../files/find-file.ts";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

/**
 * A spec of the API as the rest of the server takes it. An interval that names no
 * anchor has one now.
 *
 * @throws {@link ServerError} `PATH_NOT_MOUNTED`, `REQUEST_INVALID`, and `STORAGE_PATH_INVALID` for what is no path of a file.
 */
export function triggerOf(platform: Pick<Platform, "mounts" | "user" | "now">, spec: ScheduleSpec): Trigger {
  const { mounts, user, now } = platform;
  switch (spec.kind) {
    case "cron":
      return { kind: "cron", cron: spec.cron, timeZone: spec.time_zone };
    case "interval": {
      // Without an anchor slots are on whole seconds.
      const anchor =
        spec.anchor === undefined ? Math.floor(now().getTime() / 1000) * 1000 : Date.parse(spec.anchor);
      return { kind: "interval", everyMs: Math.round(spec.every_seconds * 1000), anchor };
    }
    case "once":
      return { kind: "once", at: Date.parse(spec.at) };
    case "after": {
      const { path = null, schedule_id: triggerId = null, outcomes } = spec;
      if ((path === null) === (triggerId === null)) {
        throw new ServerError(
          "REQUEST_INVALID",
          "a spec of kind after names either the path of a notebook or the id of a schedule",
          { details: { part: "body", field: "spec" } },
        );
      }
      const virtualPath = path === null ? null : fileAt(platform, path).virtualPath;
      return { kind: "after", path: virtualPath, triggerId, outcomes };
    }
    case "webhook":
      return { kind: "webhook" };
    case "file": {
      const { virtualPath, isReadOnly } = resolveVirtualPath(mounts, spec.pattern, user);
      if (isReadOnly) {
        throw new ServerError(
          "REQUEST_INVALID",
          `no file appears below "${spec.pattern}", which nobody writes to; to follow runs, use a spec of kind after`,
          { details: { part: "body", field: "spec.pattern" } },
        );
      }
      return {
        kind: "file",
        pattern: virtualPath,
        everyMs: Math.round(spec.every_seconds * 1000),
        settleMs: Math.round(spec.settle_seconds * 1000),
      };
    }
  }
}

/** The other way round. */
export function presentSpec(trigger: Trigger): ScheduleSpec {
  switch (trigger.kind) {
    case "cron":
      return { kind: "cron", cron: trigger.cron, time_zone: trigger.timeZone };
    case "interval":
      return {
        kind: "interval",
        every_seconds: trigger.everyMs / 1000,
        anchor: new Date(trigger.anchor).toISOString(),
      };
    case "once":
      return { kind: "once", at: new Date(trigger.at).toISOString() };
    case "after": {
      const { path, triggerId, outcomes } = trigger;
      const upstream = path === null ? { schedule_id: triggerId ?? "" } : { path };
      return { kind: "after", ...upstream, outcomes: [...outcomes] };
    }
    case "webhook":
      return { kind: "webhook" };
    case "file":
      return {
        kind: "file",
        pattern: trigger.pattern,
        every_seconds: trigger.everyMs / 1000,
        settle_seconds: trigger.settleMs / 1000,
      };
  }
}
