import { AppError } from "../errors.ts";
import { type AppointmentRow, toAppointmentView } from "./appointment-row.ts";

/** Refuses a change made on a row that has moved on; the answer carries the row as it is now. */
export function assertVersion(row: AppointmentRow, version: number): void {
  if (row.version === version) return;
  throw new AppError("version_conflict", "Somebody else has changed this appointment", {
    current: toAppointmentView(row),
  });
}
