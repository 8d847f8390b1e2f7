import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { goTo } from "../routing/location.ts";
import { searchHref, viewHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import type { Command } from "./commands.ts";

const MOST = 6;

/** Commands that open what is found by the words that somebody types, and one that shows all of it. */
export function useFoundFiles(typed: string): readonly Command[] {
  const words = useDeferredValue(typed.trim());
  const isAsked = words.length >= 2 && !words.startsWith("/");
  const { data } = useQuery({
    queryKey: ["search", words, "palette"],
    queryFn: ({ signal }) => server.searchFiles({ q: words, limit: MOST }, { signal }),
    enabled: isAsked,
    staleTime: 10_000,
  });
  if (!isAsked || data === undefined || data.files.length === 0) return [];
  return [
    ...data.files.map(({ path, title, name }) => ({
      name: `${title === "" ? name : title} — ${path}`,
      run: () => goTo(viewHref(path)),
    })),
    { name: `Search for “${words}”`, run: () => goTo(searchHref(words)) },
  ];
}
