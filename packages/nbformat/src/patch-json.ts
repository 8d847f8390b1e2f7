import { compareCodePoints, encodeJson, isJsonObject, parseJson, scanJsonMembers } from "@notemill/json";
import type { JsonMember, JsonValue } from "@notemill/json";
import { encodeInStyle, isSorted, lineBreak, READ_BEFORE } from "./file-style.ts";
import type { FileStyle } from "./file-style.ts";

/** Gives the new text of a member of an array or object, from its old text if it has one. */
export type WriteMember = (old: string | undefined) => string;

/**
 * Rewrites the JSON text of a value so that it holds `value`, and leaves the
 * text of every part that stays the same as it is.
 *
 * @param depth - Levels that are open around the value in its file.
 */
export function patchJson(text: string, value: JsonValue, depth: number, style: FileStyle): string {
  if (canonical(readAgain(text)) === canonical(value)) return text;
  if (isJsonObject(value) && text.startsWith("{")) {
    const write = (key: string): WriteMember => memberWriter(value[key] ?? null, depth + 1, style);
    return patchObject(text, new Map(Object.keys(value).map((key) => [key, write(key)])), depth, style);
  }
  if (Array.isArray(value) && text.startsWith("[")) return patchList(text, value, depth, style);
  return encodeInStyle(value, depth, style);
}

/**
 * Rewrites the text of an object so that it has the members of `writers`.
 *
 * Members that stay keep their place. New ones are sorted in where the old are
 * sorted, and come last otherwise.
 */
export function patchObject(
  text: string,
  writers: ReadonlyMap<string, WriteMember>,
  depth: number,
  style: FileStyle,
): string {
  const old = scanJsonMembers(text, 0, READ_BEFORE);
  const oldKeys = new Set(old.map(({ key }) => key));
  const texts = old.map(({ key = "", start, end }) => writers.get(key)?.(text.slice(start, end)));
  const isSame = oldKeys.size === old.length && oldKeys.size === writers.size && !texts.includes(undefined);
  if (isSame) return replaceMembers(text, old, texts);

  const kept = new Map(old.map(({ key = "" }, index) => [key, texts[index]]));
  const keys = [...oldKeys, ...[...writers.keys()].filter((key) => !oldKeys.has(key))].map(
    (key) => key ?? "",
  );
  if (isSorted(old)) keys.sort(compareCodePoints);
  const colon = style.indent === "" ? ":" : ": ";
  const members = keys.flatMap((key) => {
    const written = kept.has(key) ? kept.get(key) : writers.get(key)?.(undefined);
    return written === undefined ? [] : [encodeInStyle(key, 0, style) + colon + written];
  });
  return surround(text, old, members, depth, style);
}

/** Rewrites the text of an array so that it holds items of these texts. */
export function patchItems(text: string, items: readonly string[], depth: number, style: FileStyle): string {
  const old = scanJsonMembers(text, 0, READ_BEFORE);
  return old.length === items.length
    ? replaceMembers(text, old, items)
    : surround(text, old, items, depth, style);
}

function memberWriter(value: JsonValue, depth: number, style: FileStyle): WriteMember {
  return (old) =>
    old === undefined ? encodeInStyle(value, depth, style) : patchJson(old, value, depth, style);
}

/** Takes items that were there before, at any place, with the text they had. */
function patchList(text: string, values: readonly JsonValue[], depth: number, style: FileStyle): string {
  const old = scanJsonMembers(text, 0, READ_BEFORE).map(({ start, end }) => text.slice(start, end));
  const known = new Map(old.map((item) => [canonical(readAgain(item)), item]));
  const items = values.map((value, index) => {
    const same = known.get(canonical(value));
    if (same !== undefined) return same;
    const replaced = old.length === values.length ? old[index] : undefined;
    return memberWriter(value, depth + 1, style)(replaced);
  });
  return patchItems(text, items, depth, style);
}

/** Puts new texts in the place of the members' values, and keeps all that is between them. */
function replaceMembers(
  text: string,
  members: readonly JsonMember[],
  texts: readonly (string | undefined)[],
): string {
  let end = 0;
  const parts = members.map((member, index) => {
    const between = text.slice(end, member.start);
    end = member.end;
    return between + (texts[index] ?? "");
  });
  return parts.join("") + text.slice(end);
}

/** Sets brackets around members and separators between them, spaced like the old text where it shows how. */
function surround(
  text: string,
  old: readonly JsonMember[],
  members: readonly string[],
  depth: number,
  style: FileStyle,
): string {
  const [open = "", close = ""] = text.startsWith("{") ? ["{", "}"] : ["[", "]"];
  if (members.length === 0) return open + close;
  const space = old.length === 0 ? lineBreak(depth + 1, style) : leadingSpace(text);
  const end = old.length === 0 ? lineBreak(depth, style) : trailingSpace(text);
  // In one line there is a blank behind the comma, unless the file does without.
  const separator = space.includes("\n") ? space : style.indent === "" ? "" : " ";
  return open + space + members.join(`,${separator}`) + end + close;
}

function leadingSpace(text: string): string {
  const inner = text.slice(1);
  return inner.slice(0, inner.length - inner.trimStart().length);
}

function trailingSpace(text: string): string {
  const inner = text.slice(0, -1);
  return inner.slice(inner.trimEnd().length);
}

function readAgain(text: string): JsonValue {
  return parseJson(text, READ_BEFORE);
}

/** One text for every way to write the same value. */
function canonical(value: JsonValue): string {
  return encodeJson(value, { sortKeys: true });
}
