import type { KernelMessage } from "@notemill/messaging";
import type { Execution } from "../../src/index.ts";

/** Code that prints the numbers from 1 to `count`, each in a message of its own. */
export function countingCode(count: number): string {
  return `for i in range(1, ${count} + 1): print(i, flush=True)`;
}

/** The same, by code that does not end. */
export function endlessCountingCode(count: number): string {
  return `${countingCode(count)}\nimport time; time.sleep(600)`;
}

/** The numbers that a message prints. */
export function numbersIn(message: KernelMessage): readonly number[] {
  if (message.type !== "stream") return [];
  return message.content.text.split("\n").filter(Boolean).map(Number);
}

/** Follows an execution to its end and gives the numbers it printed. */
export async function numbersOf(execution: Execution): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const message of execution) numbers.push(...numbersIn(message));
  return numbers;
}

/** The numbers from `from` to `to`. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Executes code and gives what it printed. */
export async function printed(execution: Execution): Promise<string> {
  let text = "";
  for await (const message of execution) if (message.type === "stream") text += message.content.text;
  return text;
}
