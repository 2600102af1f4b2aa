import { getLocale } from "next-intl/server";
import { redirect } from "../../../../i18n/navigation.ts";

/** The home of staff is the calendar. */
export default async function DashboardPage() {
  redirect({ href: "/dashboard/calendar", locale: await getLocale() });
}
