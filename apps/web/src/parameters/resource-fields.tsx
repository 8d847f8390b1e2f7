import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { server } from "../server/server.ts";
import { sizeAdvice, SIZES, sizeText } from "./size-choices.ts";

/** What a run may take, and which packages it has. */
export interface Resources {
  /** The most memory in bytes; null for no limit. */
  readonly memoryBytes: number | null;
  /** The name of an environment; null for what the notebook says. */
  readonly environment: string | null;
}

interface ResourceFieldsProps {
  /** The notebook that runs. */
  readonly path: string;
  readonly value: Resources;
  /** Whether another environment can be chosen: a run that is repeated has that of the first one. */
  readonly hasEnvironment: boolean;
  readonly onChange: (value: Resources) => void;
}

/** The fields of a form that say how much memory a run may take, and in which environment it runs. */
export function ResourceFields({ path, value, hasEnvironment, onChange }: ResourceFieldsProps): ReactNode {
  const id = useId();
  const { memoryBytes, environment } = value;
  // Who may not see them has the fields without what is said beside them.
  const { data: status } = useQuery({
    queryKey: ["status", path],
    queryFn: ({ signal }) => server.status({ signal, notebook: path }),
    staleTime: 60_000,
  });
  const { data: named } = useQuery({
    queryKey: ["environments"],
    queryFn: ({ signal }) => server.listEnvironments({ signal }),
    enabled: hasEnvironment,
    staleTime: 60_000,
  });
  const { text, offer } = sizeAdvice(memoryBytes, status?.memory ?? null);
  const sizes = [...new Set([...SIZES, ...(memoryBytes === null ? [] : [memoryBytes])])].sort(
    (a, b) => a - b,
  );
  const take = (bytes: number | null): void => onChange({ ...value, memoryBytes: bytes });
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-memory`}>Memory</label>
        <select
          id={`${id}-memory`}
          value={memoryBytes ?? ""}
          aria-describedby={`${id}-fits`}
          onChange={({ target }) => take(target.value === "" ? null : Number(target.value))}
        >
          <option value="">No limit</option>
          {sizes.map((bytes) => (
            <option key={bytes} value={bytes}>
              at most {sizeText(bytes)}
            </option>
          ))}
        </select>
        <p className="field-help" id={`${id}-fits`} aria-live="polite">
          {text}{" "}
          {offer !== null && (
            <button type="button" className="text-button" onClick={() => take(offer.bytes)}>
              {offer.label}
            </button>
          )}
        </p>
      </div>
      {hasEnvironment && (
        <div className="field">
          <label htmlFor={`${id}-environment`}>Environment</label>
          <select
            id={`${id}-environment`}
            value={environment ?? ""}
            onChange={({ target }) =>
              onChange({ ...value, environment: target.value === "" ? null : target.value })
            }
          >
            <option value="">What the notebook says</option>
            <option value="auto">Made of what the notebook needs</option>
            <option value="none">That of the kernel</option>
            {named?.environments.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
