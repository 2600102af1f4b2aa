import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { readState, sitesAddress } from "../../../../features/booking/booking-state.ts";
import { followRename } from "../../../../features/booking/follow-rename.ts";
import { loadPage, loadStart } from "../../../../features/booking/load-start.ts";
import { PublicBooker } from "../../../../features/booking/public-booker.tsx";
import { type SearchParams, toQuery } from "../../../../features/booking/search-params.ts";
import { chosenSite } from "../../../../features/booking/start.ts";
import { UnknownName } from "../../../../features/booking/unknown-name.tsx";
import { EmbedFrame } from "../../../../features/embed/embed-frame.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { robots: { index: false } };

/** The booking page as other sites show it in a frame; the only pages that may be framed live under `embed`. */
export default async function EmbedPage({ params, searchParams }: Props) {
  const [{ username }, asked, locale] = await Promise.all([params, searchParams, getLocale()]);
  const query = toQuery(asked);
  const state = readState(query);
  const page = await loadPage(decodeURIComponent(username), state.site);
  if (!page) return <UnknownName />;
  await followRename(params, `/${locale}/embed`, { page, query });
  const basePath = `/${locale}/embed/${encodeURIComponent(page.username)}`;
  const site = chosenSite(page, state.site);
  if (!site) redirect(sitesAddress(basePath, query));
  const now = Date.now();
  const start = await loadStart(page, state, now);
  return (
    <EmbedFrame accent={page.organization.accent} phone={site.phone ?? page.organization.phone}>
      <PublicBooker
        page={page}
        site={site}
        query={query}
        basePath={basePath}
        start={start}
        now={now}
        isEmbedded
      />
    </EmbedFrame>
  );
}
