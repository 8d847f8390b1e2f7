import { expect, it } from "vitest";
import { takeTurns } from "./take-turns.ts";

it("does so much at a time and no more, in order, also behind what fails", async () => {
  const turn = takeTurns(2);
  const said: string[] = [];
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const works = ends.map(({ promise }, index) =>
    turn(async () => {
      said.push(`begin ${index}`);
      await promise;
      said.push(`end ${index}`);
    }),
  );
  ends[3]?.resolve();
  ends[1]?.reject(new Error("no"));
  await expect(works[1]).rejects.toThrow("no");
  ends[0]?.resolve();
  await works[0];
  ends[2]?.resolve();
  await Promise.all([works[2], works[3]]);
  expect(said.slice(0, 4)).toEqual(["begin 0", "begin 1", "begin 2", "end 0"]);
  expect(said.slice(4, 5)).toEqual(["begin 3"]);
  expect(await turn(async () => "again")).toBe("again");
});
