import type { JsonObject } from "@notemill/json";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { isCodedError } from "@notemill/errors";
import { formatPath, parametersFromJson } from "@notemill/parameters";

import { asText, startOracle } from "./oracle.ts";
import { lossless, number } from "./values.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

const now = new Date(Date.UTC(2026, 10, 3, 8, 6, 9, 73));
const builtIns = { now, runUuid: "8d7e", utcOffsetMinutes: 330 };
const clock = { local: "2026-11-03T13:36:09.073", utc: "2026-11-03T08:06:09.073+00:00", uuid: "8d7e" };

function ours(template: string, parameters: JsonObject): string {
  try {
    return formatPath(template, parametersFromJson(parameters), builtIns);
  } catch (error) {
    if (isCodedError(error)) return `! ${error.code}`;
    throw error;
  }
}

async function pythons(template: string, parameters: JsonObject): Promise<string> {
  const { error, value } = await oracle.ask("format", { ...clock, parameters, template });
  if (error !== undefined)
    return `! ${error === "PapermillMissingParameterException" ? "PARAMETER_MISSING" : "PATH_TEMPLATE_INVALID"}`;
  return asText(value);
}

const PARAMETERS: JsonObject = {
  b: true,
  big: number("1000000000000000000000000000000"),
  d: { k: "v", n: { m: 1.5 } },
  e: "",
  f: 1234.5678,
  g: number("1e+16"),
  i: 7,
  l: ["a", 2],
  n: null,
  nan: number("NaN"),
  neg: -1234567,
  s: "text",
  u: "é😀",
  w: number("1.0"),
  z: number("-0.0"),
};

/** Specifications that str.format takes or refuses. */
const spec = fc
  .tuple(
    fc.constantFrom("", "<", ">", "^", "=", "*<", "é^", "0>", "x=", " <", "{<"),
    fc.constantFrom("", "+", "-", " "),
    fc.constantFrom("", "z"),
    fc.constantFrom("", "#"),
    fc.constantFrom("", "0"),
    fc.constantFrom("", "1", "5", "12", "30"),
    fc.constantFrom("", ",", "_"),
    fc.constantFrom("", ".0", ".1", ".3", ".20"),
    fc.constantFrom("", "s", "d", "b", "c", "o", "x", "X", "n", "e", "E", "f", "F", "g", "G", "%", "q"),
  )
  .map((parts) => parts.join(""));

const value = fc.oneof(
  fc.integer(),
  fc.integer({ max: 300, min: -300 }),
  fc.double().map(lossless),
  fc
    .tuple(fc.integer({ max: 99_999, min: -99_999 }), fc.integer({ max: 20, min: -20 }))
    .map(([digits, power]) => lossless(Number(`${digits}e${power}`))),
  fc.constantFrom(0.5, 1.5, 2.5, 0.125, 1e15, 999999.5, 9.9999, 0.00001),
  fc.boolean(),
  fc.string({ maxLength: 6, unit: "grapheme" }),
);

describe("formatPath", () => {
  it.each([
    "{i}",
    "{i:03d}",
    "{i:5}|{i:<5}|{i:^5}|{i:>5}",
    "{f:.2f}",
    "{f:10.3f}",
    "{f:,.1f}",
    "{neg:,}",
    "{neg:_}",
    "{neg:012,}",
    "{neg:x}",
    "{neg:#X}",
    "{i:08b}",
    "{i:_b}",
    "{big:,}",
    "{big:e}",
    "{f:e}",
    "{f:g}",
    "{f:.3g}",
    "{f:%}",
    "{f:.0%}",
    "{g}",
    "{g:f}",
    "{w}",
    "{w:g}",
    "{z}",
    "{z:z.1f}",
    "{nan}",
    "{nan:F}",
    "{nan:010}",
    "{nan:010,}",
    "{b}",
    "{b:d}",
    "{b:5}",
    "{b:>6}",
    "{n}",
    "{n:5}",
    "{s:>10}",
    "{s:*^10}",
    "{s:.2}",
    "{s:10.2}|",
    "{s:s}",
    "{s:d}",
    "{s:05}",
    "{u:>5}",
    "{u:😀^7}",
    "{e:3}|",
    "{d}",
    "{d[k]}",
    "{d[n][m]:.3f}",
    "{d[missing]}",
    "{l}",
    "{l[0]}",
    "{l[1]:02d}",
    "{l[2]}",
    "{l[-1]}",
    "{l[x]}",
    "{s[0]}",
    "{s[9]}",
    "{d[k]!r}",
    "{d:5}",
    "{i[0]}",
    "{s!r}",
    "{s!s:>8}",
    "{u!a}",
    "{u!r:10}",
    "{s!x}",
    "{s!}",
    "{s!rr}",
    "{l!r}",
    "{f!r}",
    "{n!r}",
    "{b!s:>6}",
    "{{}}",
    "{{{i}}}",
    "{{i}}",
    "a{i}b{s}c",
    "",
    "plain",
    "{",
    "}",
    "{i",
    "i}",
    "{}",
    "{0}",
    "{i}{",
    "{i:{i}}",
    "{s:{i}}",
    "{f:.{l[1]}f}",
    "{i:{{}}}",
    "{missing}",
    "{d.k}",
    "{i.real}",
    "{i.imag}",
    "{f.real:.1f}",
    "{f.imag}",
    "{b.real}",
    "{i.numerator}",
    "{i.denominator}",
    "{.x}",
    "{i.}",
    "{i..real}",
    "{d[]}",
    "{d[k}",
    "{d[k]x}",
    "{pm[run_uuid]}",
    "{pm[current_datetime_utc]}",
    "{pm[current_datetime_local]}",
    "{pm[current_datetime_utc]:%Y%m%d}",
    "{pm[current_datetime_local]:%H:%M}",
    "{pm[nothing]}",
    "{pm[current_datetime_utc]!r}",
    "{pm[current_datetime_utc]!s:.10}",
    "{pm[current_datetime_utc].year}-{pm[current_datetime_local].hour:02d}",
    "{pm[current_datetime_utc].microsecond}",
    "{pm[current_datetime_utc]:%a %A %b %B %c %d %D %e %f %F %g %G %h %H %I %j %k %l %m %M %n %p %P %r %R %S %t %T %u %U %V %w %W %x %X %y %Y %z %Z %%}",
    "{pm[current_datetime_local]:%z|%Z|%-d|%_d|%-H|%_m|%0e|%^a|%^B|%-y|%-j|%-I|%-M|%-S}",
    "{pm[current_datetime_utc]:plain}",
    "{i:5_d}",
    "{i:,d}",
    "{i:,x}",
    "{i:.3}",
    "{i:c}",
    "{neg:c}",
    "{i:+c}",
    "{i:zd}",
    "{s:,}",
    "{s:+}",
    "{s:#}",
    "{s:=5}",
    "{s:z}",
    "{f:#.0f}",
    "{f:#g}",
    "{f:n}",
    "{f:,n}",
    "{f:d}",
    "{f:x}",
    "{i:s}",
  ])("fills %j as Python does", async (template) => {
    expect(ours(template, PARAMETERS)).toBe(await pythons(template, PARAMETERS));
  });

  it("formats any value as Python does", async () => {
    await fc.assert(
      fc.asyncProperty(value, spec, async (x, format) => {
        const template = `{x:${format}}`;
        expect(ours(template, { x })).toBe(await pythons(template, { x }));
      }),
      { numRuns: 5000 },
    );
  });

  it("takes any template apart as Python does", async () => {
    const template = fc.string({ maxLength: 10, unit: fc.constantFrom(..."{}{}[].:!rsx0a") });
    await fc.assert(
      fc.asyncProperty(template, async (text) => {
        const parameters = { a: 1, r: "t", s: { a: [1] }, x: [0, { a: 2 }] };
        // Python fills field by field, so that of two errors it may name the other one.
        const expected = await pythons(text, parameters);
        expect(ours(text, parameters).replace(/^! .*/, "!")).toBe(expected.replace(/^! .*/, "!"));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([[0], [1], [5], [58], [59], [364], [365], [366 + 365]])(
    "knows the weeks of day %i",
    async (day) => {
      const date = new Date(Date.UTC(2020, 0, 1 + day));
      const template = "{pm[current_datetime_utc]:%j %U %W %V %G %g %u %w %a}";
      const utc = `${date.toISOString().slice(0, 19)}+00:00`;
      const { value } = await oracle.ask("format", { ...clock, parameters: {}, template, utc });
      expect(formatPath(template, new Map(), { ...builtIns, now: date })).toBe(value);
    },
  );

  it("writes a date-time without a fraction where it has none", async () => {
    const template = "{pm[current_datetime_utc]} {pm[current_datetime_utc]!r}";
    const { value } = await oracle.ask("format", {
      ...clock,
      parameters: {},
      template,
      utc: "2026-01-02T03:00:00+00:00",
    });
    expect(formatPath(template, new Map(), { ...builtIns, now: new Date("2026-01-02T03:00:00Z") })).toBe(
      value,
    );
  });

  it("lets a parameter called pm hide the built-ins", () => {
    expect(ours("{pm}", { pm: "mine" })).toBe("mine");
  });

  it.each([
    "{s.__class__}",
    "{s.upper}",
    "{i.__init__.__globals__}",
    "{pm}",
    "{d.__class__.__mro__}",
    "{i.constructor}",
    "{i.toString}",
    "{i:5000}",
    "{i:.5000f}",
    "{i:{x:{y}}}",
  ])("refuses %j, which Python may follow", (template) => {
    expect(ours(template, PARAMETERS)).toBe("! PATH_TEMPLATE_INVALID");
  });

  it("says what is wrong, and how braces are written", () => {
    const parameters = parametersFromJson({ x: 1 });
    expect(() => formatPath("out/{x", parameters, builtIns)).toThrow(
      expect.objectContaining({
        code: "PATH_TEMPLATE_INVALID",
        message:
          'the path template "out/{x" is not valid: there is a "{" without its "}"; write "{{" and "}}" for plain braces',
      }),
    );
    expect(() => formatPath("{y}", parameters, builtIns)).toThrow(
      expect.objectContaining({ code: "PARAMETER_MISSING", message: "Missing parameter 'y'" }),
    );
  });
});
