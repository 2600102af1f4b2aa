import { Check, CircleDashed, CircleSlash, Clock, type LucideIcon, Play } from "lucide-react";
import type { Appointment } from "./appointment.ts";

/** The sign beside the colour for each status; what is plainly confirmed needs none. */
export const statusIcons: Record<Appointment["status"], LucideIcon | null> = {
  held: Clock,
  pending: CircleDashed,
  confirmed: null,
  in_progress: Play,
  completed: Check,
  no_show: CircleSlash,
  cancelled: CircleSlash,
};
