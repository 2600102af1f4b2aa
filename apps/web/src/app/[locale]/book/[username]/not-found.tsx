import { CalendarX2 } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "../../../../components/empty-state.tsx";

/** Nobody by this name takes bookings here: said without a word on who does. */
export default async function UnknownName() {
  const t = await getTranslations("booking.frame");
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState isPage icon={CalendarX2} title={t("unknownTitle")} description={t("unknownLead")} />
    </main>
  );
}
