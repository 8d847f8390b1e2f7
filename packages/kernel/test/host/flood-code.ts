/** Code that prints this many mebibytes. */
export function floodCode(mebibytes: number): string {
  return `import sys\nfor i in range(${mebibytes}): print("x" * ((1 << 20) - 1), flush=True)`;
}
