import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type Command, findCommands } from "./commands.ts";
import { Sheet } from "./sheet.tsx";
import { useFoundFiles } from "./use-found-files.ts";

interface PaletteProps {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

/** Finds what to do by its name, or opens a path. */
export function Palette({ commands, onClose }: PaletteProps): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = [...findCommands(commands, typed), ...useFoundFiles(typed)];
  const at = Math.min(chosen, found.length - 1);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const steer = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(at - 1, 0));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Sheet label="Commands" className="palette" onClose={onClose}>
      <input
        role="combobox"
        aria-label="Command, notebook or path"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        placeholder="What to do, words of a notebook, or a path as /shared/examples"
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={steer}
      />
      <ul role="listbox" id={`${id}-list`} aria-label="Commands">
        {found.map((command, index) => (
          <li
            key={`${index} ${command.name}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => run(command)}
          >
            {command.name}
            {command.keys !== undefined && <Keys keys={command.keys} />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet">Nothing is called like this.</p>}
    </Sheet>
  );
}

/** The keys of a shortcut. */
export function Keys({ keys }: { readonly keys: readonly string[] }): ReactNode {
  return (
    <span className="keys">
      {keys.map((key) => (
        <kbd key={key}>{key.replace("Mod+k", "Ctrl K")}</kbd>
      ))}
    </span>
  );
}
