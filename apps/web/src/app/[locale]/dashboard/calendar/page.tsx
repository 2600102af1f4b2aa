import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CalendarLoader } from "../../../../features/calendar/calendar-loader.tsx";
import { api, viewer } from "../../../../trpc/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

export default async function CalendarPage() {
  const [caller, me] = await Promise.all([api(), viewer()]);
  // The layout shows such a person what to do instead.
  if (!me?.organization) return null;
  const [sites, providers, rooms] = await Promise.all([
    caller.directory.sites.list(),
    caller.directory.providers.list(),
    caller.directory.rooms.list(),
  ]);
  return <CalendarLoader directory={{ sites, providers, rooms }} />;
}
