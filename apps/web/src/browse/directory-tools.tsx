import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { ShareButton } from "../share/share-button.tsx";
import type { DirectoryChanges } from "./directory-changes.ts";
import { NameForm } from "./name-form.tsx";

/** What makes something new in a directory: a folder, or files from this machine. */
export function DirectoryTools({
  changes,
  path,
}: {
  readonly changes: DirectoryChanges;
  readonly path: string;
}): ReactNode {
  const [isNaming, setNaming] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="actions">
      <button type="button" onClick={() => input.current?.click()}>
        Upload
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={({ target }) => {
          void changes.upload([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      {isNaming ? (
        <NameForm
          label="Name of the new folder"
          initial=""
          onDone={(name) => {
            setNaming(false);
            if (name !== null) void changes.makeFolder(name);
          }}
        />
      ) : (
        <button type="button" onClick={() => setNaming(true)}>
          New folder
        </button>
      )}
      <ShareButton thing={{ kind: "directory", path }} />
    </div>
  );
}

/** A place that files can be dropped on. */
export function DropPlace({
  changes,
  children,
}: {
  readonly changes: DirectoryChanges | null;
  readonly children: ReactNode;
}): ReactNode {
  const [isOver, setOver] = useState(false);
  if (changes === null) return children;
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes("Files");
  return (
    <div
      className="drop-place"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const { files, items } = event.dataTransfer;
        // They are there for this event only.
        const entries = Array.from(items, (item) => item.webkitGetAsEntry());
        if (entries.some((it) => it?.isDirectory === true)) void changes.dropFolders(entries);
        else void changes.upload([...files]);
      }}
    >
      {children}
    </div>
  );
}
