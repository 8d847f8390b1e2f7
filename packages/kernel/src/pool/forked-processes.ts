import { constants } from "node:os";
import type { KernelError } from "../kernel-error.ts";
import type { KernelProcess, LaunchOptions, ProcessExit } from "../kernel-process.ts";
import type { ForkServerEvent, ForkServerRequest } from "./fork-server-event.ts";
import type { ExpectedOutput, OutputListener } from "./output-listener.ts";

/** How many characters of standard error are kept for a message about a failed start. */
const LAST_WORDS = 4_000;

/** One process that was asked of the fork server. */
interface Forked {
  readonly id: string;
  readonly output: ExpectedOutput;
  /** Its pid, once it has been forked. */
  readonly answer: PromiseWithResolvers<number>;
  readonly exit: PromiseWithResolvers<ProcessExit>;
  pid: number | null;
}

/** The kernels' processes of one fork server: asked for, alive, ended. */
export class ForkedProcesses {
  readonly #processes = new Map<string, Forked>();
  readonly #outputs: OutputListener;
  readonly #send: (request: ForkServerRequest) => void;
  readonly #onSilence: () => void;

  /** @param onSilence - Called when a process seems to have ended of which nothing was heard. */
  constructor(outputs: OutputListener, send: (request: ForkServerRequest) => void, onSilence: () => void) {
    this.#outputs = outputs;
    this.#send = send;
    this.#onSilence = onSilence;
  }

  /** How many are asked for or alive. */
  get size(): number {
    return this.#processes.size;
  }

  /** Asks for a process. Rejects when it is refused or {@link ForkedProcesses.abandon} is called first. */
  async fork(options: LaunchOptions, env: Readonly<Record<string, string>>): Promise<KernelProcess> {
    const id = env["NOTEMILL_KERNEL_ID"] ?? "";
    let words = "";
    const output = this.#outputs.expect(id, (stream, text) => {
      if (stream === "stderr") words = (words + text).slice(-LAST_WORDS);
      options.onOutput(stream, text);
    });
    const forked: Forked = {
      id,
      output,
      answer: Promise.withResolvers(),
      exit: Promise.withResolvers(),
      pid: null,
    };
    this.#processes.set(id, forked);
    this.#send({ op: "fork", id, argv: options.argv, cwd: options.cwd, cgroup: options.cgroup ?? null, env });
    const pid = await forked.answer.promise;
    options.watchdog.guard(pid);
    void output.ended.then(() => {
      if (this.#processes.has(id)) this.#onSilence();
    });
    return {
      pid,
      exited: forked.exit.promise,
      lastWords: () => words.trim(),
      signalGroup: (signal) => signalGroup(pid, signal),
    };
  }

  /** Takes in what the fork server says of a process. */
  receive(
    event: Extract<ForkServerEvent, { readonly id: string }>,
    refusal: (reason: string) => KernelError,
  ): void {
    const forked = this.#processes.get(event.id);
    if (!forked) return;
    switch (event.event) {
      case "forked":
        forked.pid = event.pid;
        forked.answer.resolve(event.pid);
        return;
      case "refused":
        this.#remove(forked);
        forked.answer.reject(refusal(event.reason));
        return;
      case "exited":
        this.#remove(forked);
        // What it wrote last may have come together with this, on another socket.
        setImmediate(() => forked.exit.resolve(exitOf(event.code)));
    }
  }

  /** Kills every process and reports it as ended, as nobody is left who would know of its end. */
  abandon(error: KernelError): void {
    for (const forked of this.#processes.values()) {
      this.#remove(forked);
      if (forked.pid !== null) signalGroup(forked.pid, "SIGKILL");
      forked.answer.reject(error);
      forked.exit.resolve({ exitCode: null, signal: "SIGKILL", reason: "fork-server" });
    }
  }

  #remove(forked: Forked): void {
    this.#processes.delete(forked.id);
    forked.output.forget();
  }
}

function exitOf(code: number): ProcessExit {
  if (code >= 0) return { exitCode: code, signal: null };
  const name = Object.entries(constants.signals).find(([, number]) => number === -code)?.[0];
  return { exitCode: null, signal: name ?? `signal ${-code}` };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
