import { explanationOf } from "@notemill/errors";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
// The reference is a file of its own, which is asked for when somebody wants to know.
import reference from "../../../../docs/reference/errors.md?url";

/** What the reference says of a code, which the server has itself. */
export function Explanation({ code }: { readonly code: string }): ReactNode {
  const { data, isError } = useQuery({
    queryKey: ["errors"],
    queryFn: async ({ signal }) => {
      const answer = await fetch(reference, { signal });
      if (!answer.ok) throw new Error(`the explanations cannot be read: ${answer.status}`);
      return answer.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isError) return <p>What it means cannot be read now.</p>;
  if (data === undefined) return null;
  const text = explanationOf(data, code) || "Nothing is written about it.";
  return (
    <div className="explanation">
      {text.split(/\n{2,}/).map((paragraph, at) => (
        <p key={at}>
          {paragraph
            .split("`")
            .map((part, place) => (place % 2 === 0 ? part : <code key={place}>{part}</code>))}
        </p>
      ))}
    </div>
  );
}
