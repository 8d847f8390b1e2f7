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
  const cases = commands.map((command) => `    ${command.name}) flags="${flagsOf(command).join(" ")}" ;;`);
  const values = commands.flatMap((command) =>
    command.options.flatMap((option) => {
      const words = option.completes === "kernelspec" ? "$(_notemill_kernels)" : option.choices?.join(" ");
      const patterns = option.flags.map((flag) => `${command.name}:${flag}`);
      return words === undefined ? [] : [`    ${patterns.join("|")}) values="${words}" ;;`];
    }),
  );
  return `_notemill_kernels() {
  command "\${COMP_WORDS[0]/#\\~/$HOME}" kernels --names 2>/dev/null
}
_notemill() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} flags="" values=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
  esac
  # An equals sign is a word of its own here: --kernel = NAME.
  if [ "$current" = "=" ]; then current=""
  elif [ "$previous" = "=" ]; then previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case \${COMP_WORDS[1]}:$previous in
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
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map((command) => {
    const specs = [...command.options, VERBOSE_OPTION, HELP_OPTION].flatMap(zshOption);
    return `    ${command.name}) _arguments ${[...specs, "'*:file:_files'"].join(" ")} ;;`;
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
    `complete -c notemill -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
    ...[...command.options, VERBOSE_OPTION, HELP_OPTION].flatMap(
      ({ flags, negatedFlags = [], values = [], choices, completes, help }) =>
        [...flags, ...negatedFlags].map((flag) => {
          const name = flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
          const words = completes === "kernelspec" ? "(notemill kernels --names)" : choices?.join(" ");
          const takes = values.length === 0 ? "" : words === undefined ? " -r" : ` -x -a ${quoted(words)}`;
          return `complete -c notemill -n '__fish_seen_subcommand_from ${command.name}' ${name}${takes} -d ${quoted(help)}`;
        }),
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
