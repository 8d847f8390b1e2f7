import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { MessageContent } from "@notemill/messaging";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import type { Kernel, StartKernelOptions } from "../../src/index.ts";
import { environments, makeKernelBed, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
import { readAll } from "../../testing/run-cell.ts";

let bed: KernelBed;
beforeEach(() => {
  bed = makeKernelBed();
});
afterEach(() => {
  const remains = bed.remains();
  bed.remove();
  expect(remains).toEqual([]);
});

async function start(options: Partial<StartKernelOptions> = {}): Promise<Kernel> {
  return startKernel({ ...bed.options(await testKernelspec("python3")), ...options });
}

/** Contents of the messages of one type that code causes. */
async function contents<Type extends keyof MessageContent>(
  kernel: Kernel,
  code: string,
  type: Type,
): Promise<readonly MessageContent[Type][]> {
  const found: MessageContent[Type][] = [];
  await readAll(kernel.execute(code), (message) => {
    if (message.type === type) found.push(message.content as MessageContent[Type]);
  });
  return found;
}

describe("a Python kernel", () => {
  it.each(["ipc", "tcp"] as const)("can be reached by other clients too, over %s", async (transport) => {
    await using kernel = await start({ transport });
    const script = [
      "import sys",
      "from jupyter_client import BlockingKernelClient",
      "client = BlockingKernelClient(connection_file=sys.argv[1])",
      "client.load_connection_file()",
      "client.start_channels()",
      "client.wait_for_ready(timeout=60)",
      // What is printed before its subscription has reached the kernel is not for it.
      "heard = False",
      "while not heard:",
      "    client.kernel_info()",
      "    heard = client.iopub_channel.socket.poll(1000) != 0",
      "reply = client.execute_interactive('print(6 * 7)', timeout=60)",
      "print(reply['content']['status'])",
    ];
    const python = join(environments.peers, "bin", "python");
    const heard: string[] = [];
    kernel.onIopub((message) => message.type === "stream" && heard.push(message.content.text));
    const { stdout } = await promisify(execFile)(python, ["-c", script.join("\n"), kernel.connectionFile]);
    expect(stdout).toBe("42\nok\n");
    await expect.poll(() => heard.join("")).toBe("42\n");
  });

  it("displays, updates, and keeps numbers as they are", async () => {
    await using kernel = await start();
    const code = [
      "from IPython.display import display",
      "shown = display({'application/json': {'one': 1.0, 'big': 2**70}, 'text/plain': 'x'}, raw=True, display_id='d')",
      "shown.update({'text/plain': 'y'}, raw=True)",
    ].join("\n");
    const [shown] = await contents(kernel, code, "display_data");
    expect(shown).toMatchObject({ data: { "text/plain": "x" }, transient: { display_id: "d" } });
    expect(JSON.stringify(shown?.data["application/json"])).toBeDefined();
    expect(shown?.data["application/json"]).toMatchObject({
      text: '{"one": 1.0, "big": 1180591620717411303424}',
    });
    const [update] = await contents(
      kernel,
      "shown.update({'text/plain': 'z'}, raw=True)",
      "update_display_data",
    );
    expect(update).toMatchObject({ data: { "text/plain": "z" }, transient: { display_id: "d" } });
    expect(
      await contents(kernel, "from IPython.display import clear_output; clear_output(True)", "clear_output"),
    ).toEqual([{ wait: true }]);
  });

  it("talks over comms, with binary buffers", async () => {
    await using kernel = await start();
    const target = [
      "def opened(comm, message):",
      "    comm.send({'got': message['content']['data']['n'] + 1}, buffers=[b'\\x00\\xff'])",
      "    comm.on_msg(lambda message: comm.send({'size': len(message['buffers'][0])}))",
      "get_ipython().kernel.comm_manager.register_target('echo', opened)",
    ].join("\n");
    await readAll(kernel.execute(target));
    const answers: { data: unknown; buffers: number[][] }[] = [];
    const answered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    kernel.onIopub((message) => {
      if (message.type !== "comm_msg") return;
      answers.push({ data: message.content.data, buffers: message.buffers.map((buffer) => [...buffer]) });
      answered[answers.length - 1]?.resolve();
    });
    kernel.sendComm({ type: "comm_open", commId: "c", targetName: "echo", data: { n: 41 } });
    await answered[0]?.promise;
    expect(await kernel.commInfo({ targetName: "echo" })).toEqual({ comms: { c: { target_name: "echo" } } });
    kernel.sendComm({ type: "comm_msg", commId: "c", data: {}, buffers: [new Uint8Array(1_000)] });
    await answered[1]?.promise;
    kernel.sendComm({ type: "comm_close", commId: "c", data: {} });
    expect(await kernel.commInfo()).toEqual({ comms: {} });
    expect(answers).toEqual([
      { data: { got: 42 }, buffers: [[0, 255]] },
      { data: { size: 1_000 }, buffers: [] },
    ]);
  });

  it("remembers what it executed, unless it was silent", async () => {
    await using kernel = await start();
    await readAll(kernel.execute("a = 1"));
    await readAll(kernel.execute("b = 2", { silent: true }));
    await readAll(kernel.execute("c = 3", { storeHistory: false }));
    const { history } = await kernel.history({ access: "tail", count: 10 });
    expect(history.map(({ input }) => input)).toEqual(["a = 1"]);
    const found = await kernel.history({ access: "search", pattern: "a*", count: 5 });
    expect(found.history.map(({ input }) => input)).toEqual(["a = 1"]);
  });

  it("evaluates expressions beside the code, and numbers its executions", async () => {
    await using kernel = await start();
    const reply = await kernel.execute("x = 2", { userExpressions: { double: "x * 2" } }).reply;
    expect(reply).toMatchObject({
      status: "ok",
      execution_count: 1,
      user_expressions: { double: { status: "ok", data: { "text/plain": "4" } } },
    });
    expect(await kernel.execute("x").reply).toMatchObject({ execution_count: 2 });
  });

  it("is stopped while its reader is far behind, and loses nothing by it", async () => {
    await using kernel = await start();
    const code = "for i in range(100): print(str(i % 10) * 1_000_000, flush=True)";
    const execution = kernel.execute(code);
    let length = 0;
    let isFirst = true;
    const { error } = await readAll(execution, async (message) => {
      if (message.type !== "stream") return;
      length += message.content.text.length;
      if (!isFirst) return;
      isFirst = false;
      // The reader does not go on before the kernel is stopped, `T` in the process table.
      const state = (): string => readFileSync(`/proc/${kernel.pid}/stat`, "utf8").split(") ")[1]?.[0] ?? "";
      await expect.poll(state, { interval: 5 }).toBe("T");
    });
    expect({ error, length }).toEqual({ error: null, length: 100 * 1_000_001 });
    expect((await execution.reply).status).toBe("ok");
  });
});
