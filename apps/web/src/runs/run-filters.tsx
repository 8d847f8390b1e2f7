import type { Run } from "@notemill/api";
import { type ReactNode, useEffect, useId, useState } from "react";
import { Link } from "../routing/link.tsx";
import { goTo } from "../routing/location.ts";
import { readFilter, type RunFilter, runsHref } from "./run-filter.ts";

const CHOICES = [
  [undefined, "All"],
  ["queued", "Queued"],
  ["running", "Running"],
  ["succeeded", "Succeeded"],
  ["failed", "Failed"],
  ["timed_out", "Timed out"],
  ["cancelled", "Cancelled"],
  ["lost", "Lost"],
] as const;

const TIMES = [
  ["", "Any time"],
  ["hour", "The last hour"],
  ["day", "The last day"],
  ["week", "The last week"],
  ["month", "The last 30 days"],
] as const;

/** Says which runs are shown, all of it in the address: links to those of each status, and fields for the rest. */
export function RunFilters({
  filter,
  runs,
}: {
  readonly filter: RunFilter;
  /** Runs that are there, whose notebooks and tags are offered. */
  readonly runs: readonly Pick<Run, "path" | "tags" | "owner">[];
}): ReactNode {
  const id = useId();
  const { status: _status, ...rest } = filter;
  const set = (name: "path" | "tag" | "owner" | "within" | "children", value: string): void => {
    const { [name]: before, ...others } = filter;
    if (value === (before ?? "")) return;
    const query = new URLSearchParams({ ...others, ...(value === "" ? {} : { [name]: value }) });
    goTo(runsHref(readFilter(query)));
  };
  const owners = [...new Set(runs.map(({ owner }) => owner))];
  const hasOwners = owners.length > 1 || filter.owner !== undefined;
  const fields = [
    ["path", "Notebook", [...new Set(runs.map(({ path }) => path))]],
    ["tag", "Tag", [...new Set(runs.flatMap(({ tags }) => tags))]],
    ...(hasOwners ? ([["owner", "Owner", owners]] as const) : []),
  ] as const;
  return (
    <div className="filters">
      <nav aria-label="Status">
        {CHOICES.map(([status, name]) => (
          <Link
            key={name}
            href={runsHref(status === undefined ? rest : { ...rest, status })}
            aria-current={status === filter.status ? "true" : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="filter-fields">
        {fields.map(([name, label, known]) => (
          <FilterField
            key={name}
            label={label}
            value={filter[name] ?? ""}
            known={known}
            onValue={(value) => set(name, value)}
          />
        ))}
        <label htmlFor={`${id}-within`}>
          <span>Asked for</span>
          <select
            id={`${id}-within`}
            value={filter.within ?? ""}
            onChange={({ target }) => set("within", target.value)}
          >
            {TIMES.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${id}-children`}>
          <span>Sweeps</span>
          <select
            id={`${id}-children`}
            value={filter.children ?? ""}
            onChange={({ target }) => set("children", target.value)}
          >
            <option value="">One row each</option>
            <option value="true">With their runs</option>
          </select>
        </label>
      </div>
    </div>
  );
}

/** A field that is told once it is left or sent, is emptied, or has something that is known. */
function FilterField({
  label,
  value,
  known,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly known: readonly string[];
  readonly onValue: (value: string) => void;
}): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <label htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        type="search"
        list={`${id}-known`}
        value={typed}
        placeholder="Any"
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          if (target.value === "" || known.includes(target.value)) onValue(target.value);
        }}
        onBlur={() => onValue(typed.trim())}
        onKeyDown={({ key }) => {
          if (key === "Enter") onValue(typed.trim());
        }}
      />
      <datalist id={`${id}-known`}>
        {known.map((it) => (
          <option key={it} value={it} />
        ))}
      </datalist>
    </label>
  );
}
