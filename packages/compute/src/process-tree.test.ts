import { expect, it } from "vitest";
import { parseProcessStat, type ProcessFacts, treeUsage } from "./process-tree.ts";

it("reads what the system tells of a process, whatever its program is called", () => {
  const stat =
    "4711 (a) (b c) S 12 4711 4711 0 -1 4194560 1507 9000 0 0 150 25 300 25 20 0 7 0 99 123456789 2048 18446744073709551615 1 1 0";
  expect(parseProcessStat(stat, 4096)).toEqual({
    pid: 4711,
    parentPid: 12,
    cpuSeconds: 5,
    memoryBytes: 2048 * 4096,
  });
  expect(parseProcessStat("", 4096)).toBeUndefined();
});

it("adds up a process and its descendants, and no other", () => {
  const facts = (pid: number, parentPid: number): ProcessFacts => ({
    pid,
    parentPid,
    cpuSeconds: pid,
    memoryBytes: pid * 10,
  });
  const processes = [facts(40, 30), facts(30, 20), facts(20, 1), facts(50, 1), facts(31, 20)];
  expect(treeUsage(processes, 20)).toEqual({ cpuSeconds: 121, memoryBytes: 1210 });
  expect(treeUsage(processes, 99)).toBeUndefined();
});
