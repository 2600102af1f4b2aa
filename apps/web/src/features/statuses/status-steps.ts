import type { AppointmentStatus as Status } from "@creneau/domain/appointments/status";

export type Step = "confirm" | "start" | "complete" | "noShow" | "reopen" | "cameAfterAll";

type StepTo = { step: Step; status: Status };

/** The next steps worth one click from each status, the likeliest first; corrections of a mistaken click included. */
const steps: Readonly<Partial<Record<Status, readonly StepTo[]>>> = {
  pending: [{ step: "confirm", status: "confirmed" }],
  confirmed: [
    { step: "start", status: "in_progress" },
    { step: "complete", status: "completed" },
    { step: "noShow", status: "no_show" },
  ],
  in_progress: [
    { step: "complete", status: "completed" },
    { step: "reopen", status: "confirmed" },
  ],
  completed: [{ step: "reopen", status: "in_progress" }],
  no_show: [{ step: "cameAfterAll", status: "confirmed" }],
};

const minute = 60_000;

/**
 * Steps to offer now. An appointment that has not begun is neither completed nor missed: those wait for its start, and
 * "arrived" for the two hours before it.
 */
export function stepsOf(appointment: { status: Status; startsAt: string }, now: number): readonly StepTo[] {
  const untilStart = Date.parse(appointment.startsAt) - now;
  return (steps[appointment.status] ?? []).filter(({ step }) => {
    if (appointment.status !== "confirmed") return true;
    if (step === "start") return untilStart <= 120 * minute;
    return untilStart <= 0;
  });
}

const cancellable: ReadonlySet<Status> = new Set(["pending", "confirmed"]);

/** Whether the appointment can still be called off. What somebody holds is none yet: it can be released. */
export function isCancellable(status: Status): boolean {
  return cancellable.has(status);
}
