import { spawn } from "node:child_process";

/** A small process that outlives its owner just long enough to end what the owner started. */
export interface Watchdog {
  /** Names the process group to kill. */
  guard(processGroup: number): void;
  /** Kills what is left of the kernel, as the death of this process would, and waits until that is done. */
  release(): Promise<void>;
  /** Resolves when the watchdog ends without having been released. */
  readonly killed: Promise<void>;
}

/** What a watchdog looks for when its owner has gone. */
export interface WatchdogOptions {
  /** Value of `NOTEMILL_KERNEL_ID` in the environment of the kernel's processes. */
  readonly kernelId: string;
  /** Directory to delete. */
  readonly directory: string;
}

/**
 * Starts the process that keeps a kernel from outliving this one.
 *
 * It is a shell blocked on its standard input, so it costs no time and little
 * memory. The operating system closes that pipe when this process dies, by
 * `kill -9` too; the shell then kills the kernel's process group, every process
 * that carries the kernel's id in its environment (on Linux: children that made a
 * session of their own), and deletes the directory.
 *
 * It is started before the kernel and knows the id at once. A kernel that was
 * just being forked holds the pipe open until it has its environment, so there
 * is no moment at which it could be missed.
 */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const child = spawn("/bin/sh", ["-c", SCRIPT, "notemill-watchdog"], {
    // A session of its own, so that no signal to a process group reaches it.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: "/usr/bin:/bin" },
    cwd: "/",
  });
  let isReleased = false;
  const killed = Promise.withResolvers<void>();
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  void exited.then(() => {
    if (!isReleased) killed.resolve();
  });
  // A write to a watchdog that was killed fails; `killed` tells of that.
  child.stdin.on("error", () => {});
  child.stdin.write(`${options.kernelId}\n${options.directory}\n`);

  return {
    guard(processGroup) {
      child.stdin.write(`${processGroup}\n`);
    },
    async release() {
      isReleased = true;
      child.stdin.end();
      // It may have been stopped, by whatever means.
      child.kill("SIGCONT");
      await exited;
      // What it did not live to do is done by another.
      if (child.signalCode !== null) await startWatchdog(options).release();
    },
    killed: killed.promise,
  };
}

const SCRIPT = `
trap '' HUP INT QUIT TERM
IFS= read -r id
IFS= read -r directory
IFS= read -r group
IFS= read -r end
[ -n "$group" ] && kill -KILL "-$group"
round=0
while [ -r /proc/self/environ ] && [ -n "$id" ] && [ $round -lt 20 ]; do
  round=$((round + 1))
  files=$(grep -lsF "NOTEMILL_KERNEL_ID=$id" /proc/[0-9]*/environ)
  [ -n "$files" ] || break
  for file in $files; do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}"
  done
done
[ -n "$directory" ] && rm -rf -- "$directory"
`;
