import type { JsonObject } from "@notemill/json";
import type { OutgoingMessage } from "@notemill/messaging";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { header, printed, status } from "../testing/messages.ts";
import { readAll } from "../testing/run-cell.ts";
import { KernelClient } from "./kernel-client.ts";
import type { KernelClientOptions } from "./kernel-client.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

interface Sent {
  readonly channel: string;
  readonly message: OutgoingMessage;
}

/** A client of a kernel that is played by the test. */
function make(options: KernelClientOptions = {}) {
  const sent: Sent[] = [];
  const client = new KernelClient(options);
  client.attach({
    send: (channel, message) => void sent.push({ channel, message }),
    close() {},
  });
  const reply = (msgId: string, content: JsonObject = { status: "ok" }): void =>
    client.receive({
      ...printed(msgId, ""),
      channel: "shell",
      type: "other",
      content,
    });
  const ask = (msgId: string): void =>
    client.receive({
      ...printed(msgId, ""),
      channel: "stdin",
      type: "input_request",
      content: { prompt: "? ", password: false },
      header: header("question"),
    });
  return { client, sent, reply, ask };
}

describe("a kernel client", () => {
  it("gives each execution its own messages, and listeners all", async () => {
    const { client, reply } = make();
    const seen: string[] = [];
    const stop = client.onIopub((message) => seen.push(message.parent_header?.msg_id ?? ""));
    const [a, b] = [client.execute("a"), client.execute("b")];
    for (const { msgId } of [a, b]) {
      client.receive(status(msgId, "busy"));
      client.receive(printed(msgId, `of ${msgId}`));
      client.receive(status(msgId, "idle"));
      reply(msgId);
    }
    stop();
    client.receive(printed(a.msgId, "late"));
    expect((await readAll(b)).printed).toBe(`of ${b.msgId}`);
    expect((await readAll(a)).printed).toBe(`of ${a.msgId}`);
    expect(seen).toEqual([a.msgId, a.msgId, a.msgId, b.msgId, b.msgId, b.msgId]);
  });

  it.each([
    ["by default", {}, { silent: false, store_history: true, allow_stdin: false, stop_on_error: true }],
    ["silently", { silent: true }, { silent: true, store_history: false }],
    ["and goes on after an error", { stopOnError: false }, { stop_on_error: false }],
    ["and asks", { onInputRequest: () => "" }, { allow_stdin: true }],
    ["with expressions", { userExpressions: { n: "1 + 1" } }, { user_expressions: { n: "1 + 1" } }],
  ])("asks for an execution %s", (_how, options, content) => {
    const { client, sent } = make();
    client.execute("code", options);
    expect(sent[0]).toMatchObject({
      channel: "shell",
      message: {
        header: { msg_type: "execute_request", version: "5.4" },
        content: { code: "code", ...content },
      },
    });
  });

  it("fails what waits, and what comes later, when the kernel ends", async () => {
    const { client, sent } = make();
    const execution = client.execute("a");
    const request = client.request("shell", "complete_request", {});
    client.end(new Error("over"));
    client.end(new Error("again"));
    await expect(request).rejects.toThrow("over");
    expect((await readAll(execution)).error).toEqual(new Error("over"));
    await expect(client.request("shell", "x", {})).rejects.toThrow("over");
    await expect(client.execute("b").reply).rejects.toThrow("over");
    expect(sent.length).toBe(2);
  });

  it("waits for a request only as long as it may", async () => {
    const { client, reply, sent } = make();
    const late = client.request("shell", "complete_request", {}, { timeoutMs: 100 });
    vi.advanceTimersByTime(100);
    await expect(late).rejects.toMatchObject({
      code: "KERNEL_REQUEST_TIMED_OUT",
      details: { type: "complete_request", timeoutMs: 100 },
    });
    const signal = AbortSignal.abort(new Error("no"));
    await expect(client.request("shell", "x", {}, { signal })).rejects.toMatchObject({
      code: "EXECUTION_ABORTED",
    });
    await expect(client.execute("x", { signal }).reply).rejects.toMatchObject({ code: "EXECUTION_ABORTED" });
    const answered = client.request("shell", "x", {}, { timeoutMs: 100 });
    reply(sent.at(-1)?.message.header.msg_id ?? "", { a: 1 });
    expect(await answered).toEqual({ a: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says at the end that outputs are missing", async () => {
    const { client, reply } = make();
    const [a, b] = [client.execute("a"), client.execute("b")];
    client.lose(a.msgId, "unreadable");
    for (const { msgId } of [a, b]) {
      client.receive(printed(msgId, "some"));
      reply(msgId);
      client.receive(status(msgId, "idle"));
    }
    expect(await readAll(a)).toMatchObject({
      printed: "some",
      error: { code: "EXECUTION_OUTPUT_LOST", details: { reason: "unreadable" } },
    });
    expect(await a.reply).toMatchObject({ status: "ok" });
    expect((await readAll(b)).error).toBeNull();
  });

  it("answers a question by its handler, by hand, or with nothing where none was allowed", async () => {
    const { client, sent, ask } = make();
    const asked = client.execute("a", { onInputRequest: ({ prompt }) => `${prompt}Ada` });
    ask(asked.msgId);
    await vi.waitFor(() => expect(sent.length).toBe(2));
    const answer = (value: string): object => ({
      channel: "stdin",
      message: { content: { value }, parent_header: { msg_id: "question" } },
    });
    expect(sent[1]).toMatchObject(answer("? Ada"));

    const byHand = client.execute("b", { allowStdin: true });
    ask(byHand.msgId);
    const { value } = await byHand[Symbol.asyncIterator]().next();
    expect(value).toMatchObject({ channel: "stdin", type: "input_request" });

    ask(client.execute("c").msgId);
    await vi.waitFor(() => expect(sent.length).toBe(5));
    expect(sent[4]).toMatchObject(answer(""));
  });

  it("takes what a kernel prints late for what it is", async () => {
    const { client, sent, reply } = make({ habits: () => ({ printLast: (text) => `print ${text}` }) });
    const seen: string[] = [];
    client.onIopub((message) => {
      if (message.type === "stream") seen.push(`${message.content.text} of ${message.parent_header?.msg_id}`);
    });
    const execution = client.execute("a");
    client.receive(printed(execution.msgId, "1"));
    reply(execution.msgId);
    client.receive(status(execution.msgId, "idle"));
    const flush = sent[1]?.message;
    const flushId = flush?.header.msg_id ?? "";
    const marker = String(flush?.content["code"]).slice("print ".length);
    client.receive(status(flushId, "busy"));
    client.receive(printed(flushId, "2"));
    client.receive(printed(flushId, `${marker}\n`));
    client.receive(status(flushId, "idle"));
    expect(await readAll(execution)).toEqual({
      printed: "12",
      types: ["stream", "status", "stream"],
      error: null,
    });
    expect(seen).toEqual([`1 of ${execution.msgId}`, `2 of ${execution.msgId}`]);
  });

  it("tells when the first of its readers falls behind, and when the last has caught up", async () => {
    const backlog: boolean[] = [];
    const { client } = make({ onBacklog: (isLong) => backlog.push(isLong) });
    const executions = [client.execute("a"), client.execute("b")];
    const readers = executions.map((execution) => execution[Symbol.asyncIterator]());
    for (const [index, { msgId }] of executions.entries()) {
      const first = readers[index]?.next();
      client.receive(printed(msgId, "x"));
      client.receive(printed(msgId, "x".repeat(33 << 20)));
      await first;
    }
    expect(backlog).toEqual([true]);
    await readers[0]?.next();
    expect(backlog).toEqual([true]);
    await readers[1]?.next();
    expect(backlog).toEqual([true, false]);
  });
});
