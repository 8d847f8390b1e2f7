import { setTimeout as delay } from "node:timers/promises";
import type { JsonObject } from "@notemill/json";
import { completeSql } from "../assist/complete-sql.ts";
import { inspectSql } from "../assist/inspect-sql.ts";
import { judgeCompleteness } from "../assist/judge-completeness.ts";
import type { SqlSession } from "../database/sql-session.ts";
import { executeCell } from "../execute/execute-cell.ts";
import type { SqlFailure } from "../execute/sql-failure.ts";
import { KernelHistory } from "./kernel-history.ts";
import { KERNEL_INFO } from "./kernel-info.ts";
import type { KernelSockets, Request } from "./kernel-sockets.ts";

/** Time in which what a client has sent behind a request arrives, in milliseconds. */
const ARRIVAL_MS = 10;

/**
 * Answers the requests of clients: those of the shell channel one after the
 * other, those of the control channel at once.
 */
export class SqlKernel {
  readonly #sockets: KernelSockets;
  readonly #session: SqlSession;
  readonly #history = new KernelHistory();
  readonly #waiting: Request[] = [];
  readonly #ended = Promise.withResolvers<void>();
  #isWorking = false;

  constructor(sockets: KernelSockets, session: SqlSession) {
    this.#sockets = sockets;
    this.#session = session;
  }

  /** Resolves when a client has asked the kernel to end, or its sockets were closed. */
  async serve(): Promise<void> {
    await this.#sockets.publish("status", null, { execution_state: "starting" });
    const listening = this.#sockets.listen((request) => this.#take(request));
    await Promise.race([listening, this.#ended.promise]);
  }

  /** Stops the cell under way; those behind it are dropped as behind any failure. */
  interrupt(): void {
    this.#session.interrupt();
  }

  #take(request: Request): void {
    if (request.channel === "control") {
      void this.#answer(request).catch((error: unknown) => this.#ended.reject(error));
      return;
    }
    this.#waiting.push(request);
    if (!this.#isWorking) void this.#work().catch((error: unknown) => this.#ended.reject(error));
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let request = this.#waiting.shift(); request; request = this.#waiting.shift())
      await this.#answer(request);
    this.#isWorking = false;
  }

  /** Every request is framed by `busy` and `idle`, whatever becomes of it. */
  async #answer(request: Request): Promise<void> {
    await this.#sockets.publish("status", request, { execution_state: "busy" });
    try {
      if (request.header.msg_type === "execute_request" && request.channel === "shell")
        await this.#execute(request);
      else await this.#answerOther(request);
    } finally {
      await this.#sockets.publish("status", request, { execution_state: "idle" });
    }
    if (request.header.msg_type === "shutdown_request") this.#ended.resolve();
  }

  async #answerOther(request: Request): Promise<void> {
    const { content } = request;
    const reply = (answer: JsonObject): Promise<void> =>
      this.#sockets.reply(request, { status: "ok", ...answer });
    switch (request.header.msg_type) {
      case "kernel_info_request":
        return reply(KERNEL_INFO);
      case "comm_info_request":
        return reply({ comms: {} });
      case "history_request":
        return reply({ history: this.#history.find(content) });
      case "complete_request":
        return reply(
          await completeSql(this.#session, textOf(content, "code"), numberOf(content, "cursor_pos")),
        );
      case "inspect_request":
        return reply(
          await inspectSql(this.#session, textOf(content, "code"), numberOf(content, "cursor_pos")),
        );
      case "is_complete_request":
        return this.#sockets.reply(request, {
          ...(await judgeCompleteness(this.#session, textOf(content, "code"))),
        });
      case "interrupt_request":
        this.interrupt();
        return reply({});
      case "shutdown_request": {
        this.interrupt();
        const answer = { restart: content["restart"] === true };
        await this.#sockets.publish("shutdown_reply", request, { status: "ok", ...answer });
        return reply(answer);
      }
      default:
        // Nobody waits for an answer to what this kernel does not know.
        return undefined;
    }
  }

  async #execute(request: Request): Promise<void> {
    const { content } = request;
    const code = textOf(content, "code");
    const isSilent = content["silent"] === true;
    const isStored = !isSilent && content["store_history"] !== false;
    const execution_count = isStored ? this.#history.add(code) : this.#history.count;
    const publish = async (type: string, data: JsonObject, metadata?: JsonObject): Promise<void> => {
      if (!isSilent) await this.#sockets.publish(type, request, data, metadata);
    };
    await publish("execute_input", { code, execution_count });
    const failure = await executeCell(this.#session, code, {
      print: (text) => publish("stream", { name: "stdout", text }),
      display: (data, metadata) => publish("display_data", { data, metadata, transient: {} }),
      result: (bundle) => publish("execute_result", { ...bundle, execution_count }),
    });
    if (failure) await publish("error", { ...failure });
    const dropped = failure && content["stop_on_error"] !== false ? await this.#takeQueue() : [];
    await this.#sockets.reply(request, { execution_count, ...outcome(failure) });
    for (const behind of dropped) await this.#drop(behind);
  }

  /**
   * Takes the executions that wait. What a client sends once it has the reply to
   * the failure is not among them, since that reply goes out after this.
   */
  async #takeQueue(): Promise<readonly Request[]> {
    await delay(ARRIVAL_MS);
    const waiting = this.#waiting.splice(0);
    const isExecution = ({ header }: Request): boolean => header.msg_type === "execute_request";
    this.#waiting.push(...waiting.filter((request) => !isExecution(request)));
    return waiting.filter(isExecution);
  }

  async #drop(request: Request): Promise<void> {
    await this.#sockets.publish("status", request, { execution_state: "busy" });
    await this.#sockets.reply(request, { status: "aborted", execution_count: this.#history.count });
    await this.#sockets.publish("status", request, { execution_state: "idle" });
  }
}

function outcome(failure: SqlFailure | null): JsonObject {
  return failure ? { status: "error", ...failure } : { status: "ok", user_expressions: {}, payload: [] };
}

function textOf(content: JsonObject, name: string): string {
  const value = content[name];
  return typeof value === "string" ? value : "";
}

function numberOf(content: JsonObject, name: string): number | undefined {
  const value = content[name];
  return typeof value === "number" ? value : undefined;
}
