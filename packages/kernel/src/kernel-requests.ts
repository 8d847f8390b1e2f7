import type { JsonObject } from "@notemill/json";
import {
  readCommInfoReply,
  readCompleteReply,
  readHistoryReply,
  readInspectReply,
  readIsCompleteReply,
  readKernelInfo,
} from "@notemill/messaging";
import type { KernelClient } from "./kernel-client.ts";
import type { HistoryQuery, Kernel } from "./kernel.ts";

/** The requests of a kernel other than executions, and what is sent without a reply. */
export type KernelRequests = Pick<
  Kernel,
  | "complete"
  | "inspect"
  | "isComplete"
  | "history"
  | "commInfo"
  | "kernelInfo"
  | "sendComm"
  | "sendInputReply"
>;

/** Makes requests of whichever client there is when they are made: each life of a kernel has its own. */
export function kernelRequests(client: () => KernelClient): KernelRequests {
  return {
    async complete(code, cursor, options) {
      const content = { code, cursor_pos: cursor };
      return readCompleteReply(await client().request("shell", "complete_request", content, options));
    },
    async inspect(code, cursor, options = {}) {
      const content = { code, cursor_pos: cursor, detail_level: options.detailLevel ?? 0 };
      return readInspectReply(await client().request("shell", "inspect_request", content, options));
    },
    async isComplete(code, options) {
      return readIsCompleteReply(await client().request("shell", "is_complete_request", { code }, options));
    },
    async history(query, options) {
      const content = historyContent(query);
      return readHistoryReply(await client().request("shell", "history_request", content, options));
    },
    async commInfo(options = {}) {
      const content: JsonObject = options.targetName === undefined ? {} : { target_name: options.targetName };
      return readCommInfoReply(await client().request("shell", "comm_info_request", content, options));
    },
    async kernelInfo(options) {
      return readKernelInfo(await client().request("shell", "kernel_info_request", {}, options));
    },
    sendComm(comm) {
      const content = {
        comm_id: comm.commId,
        data: comm.data,
        ...(comm.type === "comm_open" ? { target_name: comm.targetName ?? "" } : {}),
      };
      client().send("shell", comm.type, content, {
        metadata: comm.metadata ?? {},
        buffers: comm.buffers ?? [],
      });
    },
    sendInputReply(value, request) {
      const parts = { parent_header: request?.header ?? null };
      client().send("stdin", "input_reply", { value, status: "ok" }, parts);
    },
  };
}

function historyContent(query: HistoryQuery): JsonObject {
  const base = { output: false, raw: true, hist_access_type: query.access };
  switch (query.access) {
    case "tail":
      return { ...base, n: query.count };
    case "range":
      return { ...base, session: query.session, start: query.start, stop: query.stop };
    case "search":
      return { ...base, pattern: query.pattern, n: query.count ?? 100, unique: query.unique ?? false };
  }
}
