/** Code that makes a kernel do what the contract is about, in one language. Absent where the kernel cannot. */
export interface KernelLanguage {
  /** Name of the kernelspec. */
  readonly kernelspec: string;
  /** `language_info.name` that the kernel gives. */
  readonly language: string;
  /** Prints a text of letters and digits, and nothing else, on a line. */
  readonly print: (text: string) => string;
  /** Prints the numbers from 0 up to a count, each on its line and at once. */
  readonly printNumbers: (count: number) => string;
  /** Code whose value is 42. */
  readonly value?: string;
  /** Raises an exception. */
  readonly fail: string;
  /** Prints `begun`, then takes for ever. */
  readonly hang: string;
  /** Sets a variable, and prints it or `unset`. */
  readonly setVariable: string;
  readonly printVariable: string;
  /** Ends the kernel's process from within. */
  readonly die?: string;
  /** Starts a process that outlives the cell and prints its id, which is a number. */
  readonly startChild?: string;
  /** The same, in a session of its own. */
  readonly startDaemon?: string;
  /** Asks for a line with the prompt `name? ` and prints it. */
  readonly askName?: string;
  /** Code of which the kernel knows that more is to come. */
  readonly incomplete?: string;
  /** The beginning of a name, and the name. */
  readonly completion?: { readonly code: string; readonly match: string };
  /** A name that has documentation, and a word of that. */
  readonly inspection?: { readonly code: string; readonly word: string };
  /** Whether the kernel drops what is queued behind a failure. */
  readonly dropsQueue: boolean;
  /** Whether what it prints counts for the request under way, rather than for the one that came last. */
  readonly printsInOrder: boolean;
}

/** What the contract does in Python, with ipykernel. */
export const python: KernelLanguage = {
  kernelspec: "python3",
  language: "python",
  print: (text) => `print("${text}")`,
  printNumbers: (count) => `for i in range(${count}): print(i, flush=True)`,
  value: "40 + 2",
  fail: "1 / 0",
  hang: "import time\nprint('begun', flush=True)\nwhile True: time.sleep(0.01)",
  setVariable: "x = 'set'",
  printVariable: "print(globals().get('x', 'unset'))",
  die: "import os; os._exit(3)",
  startChild: "import subprocess; print(subprocess.Popen(['sleep', '600']).pid)",
  startDaemon: "import subprocess; print(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)",
  askName: "print(input('name? '))",
  incomplete: "for i in range(3):",
  completion: { code: "impor", match: "import" },
  inspection: { code: "print", word: "sep" },
  dropsQueue: true,
  printsInOrder: true,
};

/** What the contract does in Bash, with bash_kernel. */
export const bash: KernelLanguage = {
  kernelspec: "bash",
  language: "bash",
  print: (text) => `echo ${text}`,
  printNumbers: (count) => `for i in $(seq 0 ${count - 1}); do echo $i; done`,
  fail: "false",
  hang: "echo begun; while true; do sleep 0.01; done",
  setVariable: "x=set",
  printVariable: 'echo "${x:-unset}"',
  die: "kill -9 $PPID",
  startChild: "sleep 600 >/dev/null 2>&1 & echo $!",
  startDaemon: "(setsid sleep 600 >/dev/null 2>&1 & echo $!)",
  completion: { code: "pwdx_missing; ech", match: "echo" },
  dropsQueue: true,
  printsInOrder: true,
};

/** What the contract does in R, with IRkernel. */
export const r: KernelLanguage = {
  kernelspec: "ir",
  language: "R",
  print: (text) => `cat("${text}\\n")`,
  printNumbers: (count) => `for (i in 0:${count - 1}) { cat(i, "\\n", sep = ""); flush.console() }`,
  value: "40 + 2",
  fail: 'stop("no")',
  hang: 'cat("begun\\n"); flush.console(); while (TRUE) Sys.sleep(0.01)',
  setVariable: 'x <- "set"',
  printVariable: 'cat(if (exists("x")) x else "unset", "\\n", sep = "")',
  die: "tools::pskill(Sys.getpid(), 9)",
  startChild: 'cat(system("sleep 600 >/dev/null 2>&1 & echo $!", intern = TRUE), "\\n", sep = "")',
  startDaemon: 'cat(system("(setsid sleep 600 >/dev/null 2>&1 & echo $!)", intern = TRUE), "\\n", sep = "")',
  askName: 'cat(readline("name? "), "\\n", sep = "")',
  incomplete: "for (i in 1:3) {",
  completion: { code: "prin", match: "print" },
  inspection: { code: "paste", word: "Concatenate" },
  dropsQueue: true,
  printsInOrder: true,
};

/** What the contract does in TypeScript, with Deno. */
export const typescript: KernelLanguage = {
  kernelspec: "deno",
  language: "typescript",
  print: (text) => `console.log("${text}")`,
  printNumbers: (count) => `for (let i = 0; i < ${count}; i++) console.log(i)`,
  value: "const answer: number = 40 + 2; answer",
  fail: 'throw new Error("no")',
  hang: 'console.log("begun"); await new Promise(() => setInterval(() => {}, 10))',
  setVariable: 'globalThis.x = "set"',
  printVariable: 'console.log(globalThis.x ?? "unset")',
  die: "Deno.exit(3)",
  startChild:
    'const child = new Deno.Command("sleep", { args: ["600"], stdout: "null" }).spawn(); console.log(child.pid)',
  completion: { code: "globalTh", match: "globalThis" },
  dropsQueue: false,
  printsInOrder: false,
};

/** What the contract does in SQL, with our kernel. A query can neither end its process nor start one. */
export const sql: KernelLanguage = {
  kernelspec: "sql",
  language: "sql",
  print: (text) => `-- notemill: print\nSELECT '${text}'`,
  printNumbers: (count) => `-- notemill: print\nFROM range(${count})`,
  value: "SELECT 40 + 2",
  fail: "SELECT error('no')",
  hang: "-- notemill: print\nSELECT 'begun';\nSELECT sum(a.range * b.range) FROM range(1000000) a, range(100000000) b",
  setVariable: "SET VARIABLE x = 'set'",
  printVariable: "-- notemill: print\nSELECT coalesce(getvariable('x'), 'unset')",
  incomplete: "SELECT (1 +",
  completion: { code: "SELECT bit_coun", match: "bit_count" },
  inspection: { code: "SELECT bit_count", word: "BIGINT" },
  dropsQueue: true,
  printsInOrder: true,
};
