import type { Schedule } from "@notemill/api";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { BackfillForm } from "./backfill-form.tsx";
import { BackfillList } from "./backfill-list.tsx";

/** Makes backfills of a schedule, of which one may be chosen where there are several, and shows those there are. */
export function Backfills({ schedules }: { readonly schedules: readonly Schedule[] }): ReactNode {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(schedules[0]?.id ?? "");
  return (
    <>
      <BackfillForm
        key={chosen}
        schedules={schedules}
        chosen={chosen}
        onChoose={setChosen}
        onMade={() => void queries.invalidateQueries({ queryKey: ["backfills", chosen] })}
      />
      <BackfillList id={chosen} />
    </>
  );
}
