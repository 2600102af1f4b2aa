import { getTranslations } from "next-intl/server";
import { EmptyPage } from "../../components/empty-page.tsx";
import { CalendarX2 } from "../../components/signs.tsx";
import { answerNotFound } from "../../trpc/answer-not-found.ts";

/** Nobody by this name takes bookings here: a 404, said without a word on who does. */
export async function UnknownName() {
  await answerNotFound();
  const t = await getTranslations("booking.frame");
  return <EmptyPage isAlone icon={CalendarX2} title={t("unknownTitle")} description={t("unknownLead")} />;
}
