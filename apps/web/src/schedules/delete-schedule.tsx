import type { Schedule } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { goTo } from "../routing/location.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { say } from "../shell/toasts.ts";
import { useRefresh } from "./schedule-buttons.tsx";

interface DeleteScheduleProps {
  readonly schedule: Schedule;
  readonly onClose: () => void;
}

/** Asks once more before a schedule ends for ever. */
export function DeleteSchedule({ schedule: { id, name }, onClose }: DeleteScheduleProps): ReactNode {
  const refresh = useRefresh();
  const remove = useMutation({
    mutationFn: () => server.deleteSchedule(id),
    onSuccess: async () => {
      await refresh();
      say(`${name} is deleted`);
      goTo("/schedules");
    },
  });
  return (
    <Sheet label={`Delete ${name}`} className="question" onClose={onClose}>
      <h2>Delete {name}?</h2>
      <p>
        It has no more slots, and that cannot be undone. Its runs and their records stay. To stop it for a
        while, pause it.
      </p>
      {remove.isError && <Problem error={remove.error} />}
      <div className="actions">
        <button type="button" className="primary" disabled={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </button>
        <button type="button" onClick={onClose}>
          Keep it
        </button>
      </div>
    </Sheet>
  );
}
