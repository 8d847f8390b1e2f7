import type { File } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { Sheet } from "../shell/sheet.tsx";
import "../styles/forms.css";
import "../styles/transfer.css";
import type { DirectoryChanges } from "./directory-changes.ts";
import { FileIcon } from "./file-icon.tsx";

/** Folders that are listed at once. */
const MOST = 1000;

/** Asks where an entry of a directory is to be moved or copied to, and under which name. */
export function TransferSheet({
  entry,
  changes,
  onClose,
}: {
  readonly entry: File;
  readonly changes: DirectoryChanges;
  readonly onClose: () => void;
}): ReactNode {
  const id = useId();
  const [place, setPlace] = useState(above(entry.path));
  const [name, setName] = useState(entry.name);
  const { data, error } = useQuery({
    queryKey: ["folders", place],
    queryFn: async ({ signal }) => {
      const [directory, page] = await Promise.all([
        server.getFile(place, { signal }),
        server.listFiles(place, { limit: MOST }, { signal }),
      ]);
      const folders = page.entries.filter(({ kind, path }) => kind === "directory" && path !== entry.path);
      return { isWritable: directory.is_writable, folders };
    },
    placeholderData: (before) => before,
  });
  const trimmed = name.trim();
  const isName = trimmed !== "" && !trimmed.includes("/");
  const to = `${place === "/" ? "" : place}/${trimmed}`;
  const isReady = isName && data?.isWritable === true && to !== entry.path;
  const transfer = (kind: "move" | "copy"): void => {
    onClose();
    void changes[kind](entry, to);
  };
  return (
    <Sheet label={`Move or copy ${entry.name}`} className="transfer" onClose={onClose}>
      <h2>Move or copy {entry.name}</h2>
      <div className="field">
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          value={name}
          aria-invalid={!isName}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <p className="place" aria-live="polite">
        In <b>{place}</b>
      </p>
      {error !== null && <Problem error={error} />}
      <ul className="folders" aria-label="Folders">
        {place !== "/" && (
          <li>
            <button type="button" onClick={() => setPlace(above(place))}>
              <FileIcon kind="directory" name=".." />
              One up
            </button>
          </li>
        )}
        {data?.folders.map(({ path, name: folder }) => (
          <li key={path}>
            <button type="button" onClick={() => setPlace(path)}>
              <FileIcon kind="directory" name={folder} />
              {folder}
            </button>
          </li>
        ))}
      </ul>
      {data?.isWritable === false && <p className="quiet">Nothing can be put here. Choose a folder.</p>}
      <div className="actions">
        <button type="button" className="primary" disabled={!isReady} onClick={() => transfer("move")}>
          Move
        </button>
        <button type="button" disabled={!isReady} onClick={() => transfer("copy")}>
          Copy
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Sheet>
  );
}

function above(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
