import type { Command, OptionDefinition, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { HELP_OPTION, VERBOSE_OPTION } from "../command-line/help-text.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** `notemill completions`: a script that teaches a shell the commands and options. */
export const completionsCommand: Command = {
  name: "completions",
  summary: "Print a script that completes commands and options in your shell",
  arguments: [{ name: "SHELL", help: "bash, zsh or fish." }],
  options: [],
  examples: [
    ["notemill completions bash > ~/.local/share/bash-completion/completions/notemill", "for bash"],
    ["notemill completions fish > ~/.config/fish/completions/notemill.fish", "for fish"],
    ['notemill completions zsh > "${fpath[1]}/_notemill"', "for zsh"],
  ],
  run: completions,
};

async function completions({ arguments: [shell] }: ParsedCommandLine, { stdout }: Terminal): Promise<number> {
  const { COMMANDS } = await import("../commands.ts");
  const { UsageError } = await import("../command-line/usage-error.ts");
  const all = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const commands = all.filter(({ isHidden }) => isHidden !== true);
  switch (shell) {
    case "bash":
      stdout.write(bashScript(commands));
      return 0;
    case "zsh":
      stdout.write(zshScript(commands));
      return 0;
    case "fish":
      stdout.write(fishScript(commands));
      return 0;
    default:
      throw new UsageError(`"${shell}" is not one of ${SHELLS.join(", ")}`);
  }
}

function flagsOf({ options }: Command): readonly string[] {
  return [...options, VERBOSE_OPTION, HELP_OPTION].flatMap(({ flags, negatedFlags = [] }) => [
    ...flags,
    ...negatedFlags,
  ]);
}

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map(
    (command) => `    ${quotedIfTwo(command.name)}) flags="${flagsOf(command).join(" ")}" ;;`,
  );
  const values = commands.flatMap((command) =>
    command.options.flatMap((option) => {
      const words = option.completes === "kernelspec" ? "$(_notemill_kernels)" : option.choices?.join(" ");
      const patterns = option.flags.map((flag) => quotedIfTwo(`${command.name}:${flag}`));
      return words === undefined ? [] : [`    ${patterns.join("|")}) values="${words}" ;;`];
    }),
  );
  return `_notemill_kernels() {
  command "\${COMP_WORDS[0]/#\\~/$HOME}" kernels --names 2>/dev/null
}
_notemill() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command=\${COMP_WORDS[1]} flags="" second="" values=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${firstWords(commands).join(" ")} --help --version" -- "$current"))
    return
  fi
  case $command in
${groupsOf(commands)
  .map(([group, seconds]) => `    ${group}) second="${seconds.join(" ")}" ;;`)
  .join("\n")}
  esac
  if [ -n "$second" ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W "$second" -- "$current"))
      return
    fi
    command="$command \${COMP_WORDS[2]}"
  fi
  case $command in
${cases.join("\n")}
  esac
  # An equals sign is a word of its own here: --kernel = NAME.
  if [ "$current" = "=" ]; then current=""
  elif [ "$previous" = "=" ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $command:$previous in
${values.join("\n")}
  esac
  if [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
    return
  fi
  case $current in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _notemill notemill
`;
}

function zshScript(commands: readonly Command[]): string {
  const names = firstWords(commands).map((first) => {
    const summary = commands.find(({ name }) => name === first)?.summary ?? `Commands about ${first}`;
    return `    ${quoted(`${first}:${summary}`)}`;
  });
  const seconds = groupsOf(commands).map(
    ([group, words]) => `    ${group}) if (( CURRENT == 2 )); then compadd ${words.join(" ")}; return; fi
      command="$command $words[2]"; shift words; (( CURRENT-- )) ;;`,
  );
  const cases = commands.map((command) => {
    const specs = [...command.options, VERBOSE_OPTION, HELP_OPTION].flatMap(zshOption);
    return `    ${quotedIfTwo(command.name)}) _arguments ${[...specs, "'*:file:_files'"].join(" ")} ;;`;
  });
  return `#compdef notemill
_notemill_kernels() {
  local -a kernels
  kernels=(\${(f)"$(notemill kernels --names 2>/dev/null)"})
  compadd -a kernels
}
_notemill() {
  local -a commands
  commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${seconds.join("\n")}
  esac
  case $command in
${cases.join("\n")}
  esac
}
_notemill "$@"
`;
}

function zshOption({
  flags,
  negatedFlags = [],
  help,
  values = [],
  choices,
  completes,
  repeatable,
}: OptionDefinition): string[] {
  const text = help.replaceAll(/([[\]:])/g, "\\$1");
  const offered = completes === "kernelspec" ? "_notemill_kernels" : "_files";
  const given = choices === undefined ? offered : `(${choices.join(" ")})`;
  const tail = values.map((value) => `:${value}:${given}`).join("");
  return [...flags, ...negatedFlags].map((flag) =>
    quoted(`${repeatable === true ? "*" : ""}${flag}[${text}]${tail}`),
  );
}

function fishScript(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => [
    fishName(command),
    ...[...command.options, VERBOSE_OPTION, HELP_OPTION].flatMap(
      ({ flags, negatedFlags = [], values = [], choices, completes, help }) =>
        [...flags, ...negatedFlags].map((flag) => {
          const name = flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
          const words = completes === "kernelspec" ? "(notemill kernels --names)" : choices?.join(" ");
          const takes = values.length === 0 ? "" : words === undefined ? " -r" : ` -x -a ${quoted(words)}`;
          return `complete -c notemill -n '${fishCondition(command.name)}' ${name}${takes} -d ${quoted(help)}`;
        }),
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

function fishName({ name, summary }: Command): string {
  const [first = "", second] = name.split(" ");
  if (second === undefined)
    return `complete -c notemill -n __fish_use_subcommand -f -a ${first} -d ${quoted(summary)}`;
  const group = `complete -c notemill -n __fish_use_subcommand -f -a ${first}`;
  return `${group}\ncomplete -c notemill -n '__fish_seen_subcommand_from ${first}' -f -a ${second} -d ${quoted(summary)}`;
}

/** Holds where every word of the command's name has been typed. */
function fishCondition(name: string): string {
  return name
    .split(" ")
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join("; and ");
}

/** What may stand behind `notemill`. */
function firstWords(commands: readonly Command[]): readonly string[] {
  return [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name))];
}

/** The groups, with the second words of their commands. */
function groupsOf(
  commands: readonly Command[],
): readonly (readonly [group: string, seconds: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const { name } of commands) {
    const [first = "", second] = name.split(" ");
    if (second !== undefined) groups.set(first, [...(groups.get(first) ?? []), second]);
  }
  return [...groups];
}

function quotedIfTwo(name: string): string {
  return name.includes(" ") ? `"${name}"` : name;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
