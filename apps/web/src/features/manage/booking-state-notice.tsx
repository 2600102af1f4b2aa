import { CalendarX2, CircleCheck, Clock3, History } from "lucide-react";
import { useTranslations } from "../../components/words.tsx";
import type { ManageView } from "../booking/guest-client.ts";
import { Notice } from "../booking/notice.tsx";

const shown = {
  pending: { icon: Clock3, tone: "warning" },
  confirmed: { icon: CircleCheck, tone: "success" },
  cancelled: { icon: CalendarX2, tone: "neutral" },
  past: { icon: History, tone: "neutral" },
} as const;

/** What has become of a booking, however old the link that led here. */
export function BookingStateNotice({
  booking,
  now,
}: {
  booking: Pick<ManageView, "status" | "endsAt">;
  now: number;
}) {
  const t = useTranslations("manage.state");
  const { status } = booking;
  const isPast = Date.parse(booking.endsAt) <= now || status === "completed" || status === "no_show";
  const key =
    status === "cancelled" ? "cancelled" : isPast ? "past" : status === "pending" ? "pending" : "confirmed";
  return <Notice tone={shown[key].tone} icon={shown[key].icon} title={t(key)} />;
}
