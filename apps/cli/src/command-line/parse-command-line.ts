import { shellWord } from "@notemill/executor";
import { suggestion } from "@notemill/errors";
import type { Command, OptionDefinition, OptionValues, ParsedCommandLine } from "./command.ts";
import { HELP_OPTION, VERBOSE_OPTION } from "./help-text.ts";
import { parseDuration } from "./parse-duration.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Sorts out the words behind a command's name.
 *
 * The rules are those of papermill's command line (click): options may stand
 * anywhere, an option that takes two values takes the next two words whatever
 * they look like, `--name=value` and `-pvalue` work, `--` ends the options.
 *
 * @throws {@link UsageError} `USAGE_INVALID`.
 */
export function parseCommandLine(command: Command, words: readonly string[]): ParsedCommandLine {
  const byFlag = new Map(
    [...command.options, VERBOSE_OPTION].flatMap((it) => it.flags.map((flag) => [flag, it] as const)),
  );
  const byNegation = new Map(
    command.options.flatMap((it) => (it.negatedFlags ?? []).map((flag) => [flag, it] as const)),
  );
  const positional: string[] = [];
  const given = new Map<string, GivenValue[]>();
  const rest = [...words];

  const note = (definition: OptionDefinition, value: GivenValue): void => {
    given.set(definition.name, [...(given.get(definition.name) ?? []), value]);
  };
  const takeValues = (definition: OptionDefinition, flag: string, attached: string[]): void => {
    const count = definition.values?.length ?? 0;
    if (count === 0) {
      if (attached.length > 0) throw new UsageError(`option ${flag} takes no value`);
      note(definition, true);
      return;
    }
    const values = [...attached];
    refuseJoined(definition, flag, attached[0] ?? rest[0] ?? "");
    while (values.length < count) {
      const next = rest.shift();
      if (next === undefined) {
        throw new UsageError(`option ${flag} needs ${(definition.values ?? []).join(" ")}`);
      }
      values.push(next);
    }
    for (const value of values) checkValue(definition, flag, value);
    note(definition, values);
  };

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      positional.push(...rest.splice(0));
    } else if (word === "-" || !word.startsWith("-")) {
      positional.push(word);
    } else if (byNegation.has(word)) {
      const definition = byNegation.get(word);
      if (definition) note(definition, false);
    } else {
      const { flag, attached } = splitWord(word, byFlag);
      const definition = byFlag.get(flag);
      if (!definition)
        throw new UsageError(
          `no such option: ${flag}${suggestion(flag, [...byFlag.keys(), ...byNegation.keys(), ...HELP_OPTION.flags])}`,
        );
      takeValues(definition, flag, attached);
    }
  }

  return { arguments: checkArguments(command, positional), options: optionValues(given) };
}

/** `true` and `false` for switches, else the words of one use of the option. */
type GivenValue = boolean | readonly string[];

function splitWord(word: string, byFlag: ReadonlyMap<string, unknown>): { flag: string; attached: string[] } {
  if (byFlag.has(word)) return { flag: word, attached: [] };
  const equals = word.indexOf("=");
  if (word.startsWith("--")) {
    return equals < 0
      ? { flag: word, attached: [] }
      : { flag: word.slice(0, equals), attached: [word.slice(equals + 1)] };
  }
  return { flag: word.slice(0, 2), attached: word.length > 2 ? [word.slice(2)] : [] };
}

/** `-p alpha=0.2` would take the next word for the value, and the error would be about something else. */
function refuseJoined({ values = [] }: OptionDefinition, flag: string, word: string): void {
  const joined = /^([\p{L}_][\p{L}\p{N}_]*)=([^]*)$/u.exec(word);
  if (values.length !== 2 || !joined) return;
  const [, name = "", value = ""] = joined;
  throw new UsageError(
    `option ${flag} takes name and value as two words: ${flag} ${name} ${shellWord(value)}`,
  );
}

function checkValue({ type = "text", choices }: OptionDefinition, flag: string, value: string): void {
  if (choices && !choices.includes(value)) {
    throw new UsageError(`option ${flag}: "${value}" is not one of ${choices.join(", ")}`);
  }
  if (type === "integer" && !/^[+-]?\d+$/.test(value)) {
    throw new UsageError(`option ${flag}: "${value}" is not a whole number`);
  }
  if (type === "number" && (value.trim() === "" || !Number.isFinite(Number(value)))) {
    throw new UsageError(`option ${flag}: "${value}" is not a number`);
  }
  if (type === "duration" && parseDuration(value) === undefined) {
    throw new UsageError(`option ${flag}: "${value}" is not a duration such as 90, 90s, 30m or 1h30m`);
  }
}

function checkArguments(command: Command, given: readonly string[]): readonly string[] {
  const needed = command.arguments.filter((it) => it.optional !== true && it.many !== true);
  const missing = command.arguments[given.length];
  if (missing && given.length < needed.length) throw new UsageError(`missing argument ${missing.name}`);
  const extra = given[command.arguments.length];
  if (extra !== undefined && !command.arguments.some(({ many }) => many === true)) {
    throw new UsageError(`unexpected argument "${extra}"`);
  }
  return given;
}

function optionValues(given: ReadonlyMap<string, readonly GivenValue[]>): OptionValues {
  const uses = (name: string): (readonly string[])[] =>
    (given.get(name) ?? []).filter((it): it is readonly string[] => typeof it !== "boolean");
  return {
    isGiven: (name) => given.has(name),
    flag(name) {
      const last = given.get(name)?.at(-1);
      return typeof last === "boolean" ? last : undefined;
    },
    text: (name) => uses(name).at(-1)?.[0],
    texts: (name) => uses(name).map(([value = ""]) => value),
    pairs: (name) => uses(name).map(([first = "", second = ""]) => [first, second] as const),
    number(name) {
      const value = uses(name).at(-1)?.[0];
      return value === undefined ? undefined : (parseDuration(value) ?? Number(value));
    },
  };
}
