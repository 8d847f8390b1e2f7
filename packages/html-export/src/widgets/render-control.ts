import { encodeJson, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { listAt, numberAt, shortJson, textAt, valueAt } from "../read-json.ts";
import { labelOf, textsAt } from "./widget-label.ts";
import type { WidgetModel } from "./widget-models.ts";

/** The most choices that are shown. */
const MOST_CHOICES = 100;

/** The longest value that is shown, in UTF-16 units. */
const LONGEST = 2000;

/** Shows a widget that has a value: a slider, a box with a tick, a choice, or whatever else by its value. */
export function renderControl({ kind, state }: WidgetModel): string {
  const body = bodyOf(kind, state);
  if (body === "" && textAt(state, "description") === undefined) return "";
  return `<div class="widget">${/Button$|^Checkbox$|^Valid$/.test(kind) ? "" : labelOf(state)}${body}</div>`;
}

function bodyOf(kind: string, state: JsonObject): string {
  const value = valueAt(state, "value");
  if (/Slider$|Progress$/.test(kind)) return slider(kind, state);
  switch (kind) {
    case "Checkbox":
    case "Valid":
      return `<span>${value === true ? "☑" : "☐"} ${described(state)}</span>`;
    case "Button":
      return `<span class="widget-button">${described(state)}</span>`;
    case "ToggleButton":
      return `<span class="widget-button">${value === true ? `<b>${described(state)}</b>` : described(state)}</span>`;
    case "Dropdown":
    case "Combobox":
      return `<span class="widget-field">${escapeText(cut(chosenText(state)))} <span aria-hidden="true">▾</span></span>`;
    case "RadioButtons":
      return choices(state, { on: "◉", off: "○" });
    case "Select":
    case "SelectMultiple":
    case "ToggleButtons":
      return choices(state, { on: "☑", off: "☐" });
    case "Password":
      return `<span class="widget-field">${value === "" ? "" : "••••••"}</span>`;
    case "Textarea":
      return `<pre class="text">${escapeText(cut(textOf(value)))}</pre>`;
    case "Label":
      return value === undefined ? "" : `<span>${escapeText(cut(textOf(value)))}</span>`;
    default:
      return value === undefined ? "" : `<span class="widget-field">${escapeText(cut(textOf(value)))}</span>`;
  }
}

/** A line with what is taken of it filled in, and the value in words. */
function slider(kind: string, state: JsonObject): string {
  const labels = textsAt(state, "_options_labels");
  const isChoice = kind.startsWith("Selection");
  const values = isChoice ? numbersAt(state, "index") : numbersAt(state, "value");
  const min = isChoice ? 0 : (numberAt(state, "min") ?? 0);
  const max = isChoice ? labels.length - 1 : (numberAt(state, "max") ?? 0);
  const base = numberAt(state, "base") ?? 10;
  const isLogarithm = kind === "FloatLogSlider";
  const places = values.map((it) => place(isLogarithm ? Math.log(it) / Math.log(base) : it, { min, max }));
  const [from, to] = places.length > 1 ? places : [0, places[0]];
  const words = isChoice ? values.map((it) => labels[it] ?? "").join(" – ") : values.map(short).join(" – ");
  const reading = kind.endsWith("Progress") ? `${words} of ${short(max)}` : words;
  return `<span class="widget-track" aria-hidden="true">${part("", from)}${part("level", (to ?? 0) - (from ?? 0))}</span><span>${escapeText(cut(reading))}</span>`;
}

/** A part of a line; its length is a number of ours. */
function part(kind: string, share = 0): string {
  return `<span class="${kind}" style="width:${(Math.max(0, share) * 100).toFixed(1)}%"></span>`;
}

/** Where a value is between two others, from 0 to 1. */
function place(value: number, { min, max }: { readonly min: number; readonly max: number }): number {
  const share = (value - min) / (max - min);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

function choices(state: JsonObject, { on, off }: { readonly on: string; readonly off: string }): string {
  const chosen = new Set(numbersAt(state, "index"));
  const labels = textsAt(state, "_options_labels");
  const items = labels
    .slice(0, MOST_CHOICES)
    .map((label, at) => `<li>${chosen.has(at) ? on : off} ${escapeText(cut(label))}</li>`);
  const more = labels.length - items.length;
  return `<ul class="widget-choices">${items.join("")}${more > 0 ? `<li>and ${more} more</li>` : ""}</ul>`;
}

function chosenText(state: JsonObject): string {
  const index = numberAt(state, "index");
  const label = index === undefined ? undefined : textsAt(state, "_options_labels")[index];
  return label ?? textAt(state, "value") ?? "";
}

function described(state: JsonObject): string {
  return escapeText(cut(textAt(state, "description") ?? ""));
}

/** The numbers of a value, which is one or a list. */
function numbersAt(state: JsonObject, key: string): readonly number[] {
  const one = numberAt(state, key);
  if (one !== undefined) return [one];
  return listAt(state, key).flatMap((it) => {
    const number = it instanceof JsonNumber ? it.toNumber() : it;
    return typeof number === "number" && Number.isFinite(number) ? [number] : [];
  });
}

/** A number without the digits that come of computing. */
function short(value: number): string {
  return String(Number(value.toPrecision(9)));
}

/** A value as text: a date is an object with its parts. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (!isJsonObject(value)) return encodeJson(value);
  const [year, month, date] = ["year", "month", "date"].map((key) => numberAt(value, key));
  return year === undefined || month === undefined || date === undefined
    ? shortJson(value, LONGEST)
    : `${year}-${two(month + 1)}-${two(date)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
