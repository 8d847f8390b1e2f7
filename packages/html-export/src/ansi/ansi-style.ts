/** A colour: 0 to 15 of the terminal's palette, or `#rrggbb`. */
export type AnsiColor = number | string;

/** How text looks. A plain value; the same object while nothing changes. */
export interface AnsiStyle {
  readonly color?: AnsiColor;
  readonly background?: AnsiColor;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

/** Text as it looks without any code. */
export const PLAIN: AnsiStyle = {};

/**
 * Applies the numbers of one "select graphic rendition" code.
 *
 * Blinking text and hidden text stay as they are: a page does not blink, and
 * hides nothing from its reader.
 *
 * Source: ECMA-48, 8.3.117, and ITU-T T.416 for 38 and 48.
 *
 * @param parameters - What stands between `ESC [` and `m`.
 */
export function applyStyleCode(style: AnsiStyle, parameters: string): AnsiStyle {
  const groups = parameters === "" ? ["0"] : parameters.split(";", 64);
  let next = style;
  for (let at = 0; at < groups.length; at++) {
    const group = groups[at] ?? "";
    const code = Number.parseInt(group === "" ? "0" : group, 10);
    if (code !== 38 && code !== 48 && code !== 58) {
      next = withCode(next, code, group);
      continue;
    }
    const isOne = group.includes(":");
    const { color, length } = isOne ? colonColor(group) : semicolonColor(groups, at + 1);
    if (!isOne) at += length;
    if (color !== undefined && code !== 58) {
      next = code === 38 ? { ...next, color } : { ...next, background: color };
    }
  }
  return next;
}

function withCode(style: AnsiStyle, code: number, group: string): AnsiStyle {
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: group !== "4:0" };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 21:
      return { ...style, underline: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, strike: false };
    default:
      return withPaletteCode(style, code);
  }
}

function withPaletteCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, color: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, color: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  if (code === 39) return without(style, "color");
  return code === 49 ? without(style, "background") : style;
}

function without(style: AnsiStyle, key: "color" | "background"): AnsiStyle {
  const { [key]: _gone, ...rest } = style;
  return rest;
}

interface ExtendedColor {
  readonly color: AnsiColor | undefined;
  /** How many of the following groups belong to it. */
  readonly length: number;
}

function semicolonColor(groups: readonly string[], at: number): ExtendedColor {
  if (groups[at] === "5") return { color: indexedColor(groups[at + 1]), length: 2 };
  if (groups[at] === "2") return { color: rgbColor(groups.slice(at + 1, at + 4)), length: 4 };
  return { color: undefined, length: 1 };
}

/** `38:5:N`, `38:2:R:G:B`, and with a colour space `38:2:CS:R:G:B`. */
function colonColor(group: string): ExtendedColor {
  const [, kind, ...rest] = group.split(":", 8);
  if (kind === "5") return { color: indexedColor(rest[0]), length: 0 };
  if (kind === "2") return { color: rgbColor(rest.length > 3 ? rest.slice(1, 4) : rest), length: 0 };
  return { color: undefined, length: 0 };
}

function indexedColor(text: string | undefined): AnsiColor | undefined {
  const index = byteOf(text);
  if (index === undefined || index < 16) return index;
  if (index >= 232) return hex([0, 0, 0].map(() => 8 + (index - 232) * 10));
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = index - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((it) => steps[it] ?? 0));
}

function rgbColor(parts: readonly string[]): AnsiColor | undefined {
  const bytes = parts.map(byteOf).filter((it) => it !== undefined);
  return bytes.length === 3 ? hex(bytes) : undefined;
}

function byteOf(text: string | undefined): number | undefined {
  const value = text === "" ? 0 : Number(text);
  return Number.isInteger(value) && value >= 0 && value <= 255 ? value : undefined;
}

function hex(bytes: readonly number[]): string {
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
