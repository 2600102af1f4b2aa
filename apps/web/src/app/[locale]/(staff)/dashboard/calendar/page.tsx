import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { CalendarLoader } from "../../../../../features/calendar/calendar-loader.tsx";
import { api, viewer } from "../../../../../trpc/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ site?: string | string[] }> };

export default async function CalendarPage({ searchParams }: Props) {
  const [caller, me, { site }] = await Promise.all([api(), viewer(), searchParams]);
  // The layout shows such a person what to do instead.
  if (!me?.organization) return null;
  const { directory } = caller;
  const siteIds = me.organization.hasManySites ? await shownSites(caller, [site ?? []].flat()) : null;
  const scope = siteIds ? { siteIds } : undefined;
  const [sites, providers, rooms] = await Promise.all([
    directory.sites.list(siteIds ? { ids: siteIds } : undefined),
    directory.providers.list(scope),
    directory.rooms.list(scope),
  ]);
  return <CalendarLoader directory={{ sites, providers, rooms, siteIds }} />;
}

/** Sites of a large network that the calendar opens with: those of the address, else the first. */
async function shownSites(
  { directory }: Awaited<ReturnType<typeof api>>,
  asked: string[],
): Promise<string[]> {
  const ids = asked.filter((id) => z.uuid().safeParse(id).success).slice(0, 50);
  const { items } = await directory.sites.list(ids.length > 0 ? { ids } : { limit: 1 });
  if (items.length > 0) return items.map(({ id }) => id);
  return (await directory.sites.list({ limit: 1 })).items.map(({ id }) => id);
}
