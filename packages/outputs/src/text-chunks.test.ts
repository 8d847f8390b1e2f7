import { expect, it } from "vitest";
import { createTextChunks, isLongText, plainText, textChunks } from "./text-chunks.ts";

const numbers = (count: number): string => Array.from({ length: count }, (_, index) => `${index}\n`).join("");

it("splits between lines, and loses none", () => {
  const text = `${numbers(1200)}end`;
  const chunks = textChunks(text);
  expect(chunks.map(({ lines }) => lines)).toEqual([500, 500, 201]);
  expect(chunks.map((it) => it.text).join("")).toBe(text);
  expect(textChunks("")).toEqual([]);
});

it("keeps a colour over a border until it is put back", () => {
  const red = "\u001b[31m";
  const chunks = textChunks(`${red}\u001b[1m${numbers(600)}\u001b[0m${numbers(600)}`);
  expect(chunks.map((it) => it.text.startsWith(`${red}\u001b[1m`))).toEqual([true, true, false]);
  expect(plainText(`${red}a\u001b[0m\u001b[2K`)).toBe("a");
});

it("looks at the end only of a text that grows", () => {
  const chunksOf = createTextChunks();
  const red = "\u001b[31m";
  const texts = [
    `${red}${numbers(1300)}`,
    `${red}${numbers(1300)}and no end`,
    `${red}${numbers(2200)}`,
    "other\n",
  ];
  for (const text of texts) expect(chunksOf(text)).toEqual(textChunks(text));
  const long = chunksOf(numbers(1300));
  expect(chunksOf(`${numbers(1300)}more`)[0]).toBe(long[0]);
});

it("takes many lines or much text for long", () => {
  expect([isLongText(numbers(2000)), isLongText(numbers(2001)), isLongText("x".repeat(400_001))]).toEqual([
    false,
    true,
    true,
  ]);
});
