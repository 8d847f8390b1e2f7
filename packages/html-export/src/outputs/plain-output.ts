import { type Bundle, bundleJson, bundleText } from "./bundle.ts";
import { renderJson } from "./json-output.ts";
import { note } from "./note.ts";
import { textBlock } from "./text-block.ts";

/** Shows JSON or text, and says so when the bundle has only types that nobody here knows. */
export function renderPlain(bundle: Bundle): string {
  const types = Object.keys(bundle.data);
  const limit = bundle.page.maxOutputLength;
  const json = bundleJson(bundle, "application/json");
  if (json) return renderJson(json, limit);
  const plain = bundleText(bundle, "text/plain");
  if (plain !== undefined) return textBlock(plain, { limit, kind: "plain" });

  const unknownJson = types.map((type) => bundleJson(bundle, type)).find((it) => it !== undefined);
  const textType = types.find((type) => type.startsWith("text/") && type !== "text/html");
  const text = textType === undefined ? undefined : bundleText(bundle, textType);
  if (unknownJson) return unknownNote(types) + renderJson(unknownJson, limit);
  return unknownNote(types) + (text === undefined ? "" : textBlock(text, { limit, kind: "plain" }));
}

function unknownNote(types: readonly string[]): string {
  const names = types.slice(0, 5).map((type) => (type.length > 80 ? `${type.slice(0, 79)}…` : type));
  return note(`An output of type ${names.join(", ")} has no form of its own in a static page.`);
}
