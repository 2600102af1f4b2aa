import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { readState, sitesAddress } from "../../../../features/booking/booking-state.ts";
import { followRename } from "../../../../features/booking/follow-rename.ts";
import { loadPage, loadStart } from "../../../../features/booking/load-start.ts";
import { pageMetadata } from "../../../../features/booking/page-metadata.ts";
import { PublicBooker } from "../../../../features/booking/public-booker.tsx";
import { PublicFrame } from "../../../../features/booking/public-frame.tsx";
import { type SearchParams, toQuery } from "../../../../features/booking/search-params.ts";
import { chosenSite } from "../../../../features/booking/start.ts";
import { UnknownName } from "../../../../features/booking/unknown-name.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

async function load({ params, searchParams }: Props) {
  const [{ username }, asked] = await Promise.all([params, searchParams]);
  const query = toQuery(asked);
  const state = readState(query);
  return { page: await loadPage(decodeURIComponent(username), state.site), state, query };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return pageMetadata((await load(props)).page);
}

/** The public booking page of a provider or an organization. */
export default async function BookPage(props: Props) {
  const [{ page, state, query }, locale] = await Promise.all([load(props), getLocale()]);
  if (!page) return <UnknownName />;
  await followRename(props.params, `/${locale}/book`, { page, query });
  const path = `/book/${encodeURIComponent(page.username)}`;
  const basePath = `/${locale}${path}`;
  const site = chosenSite(page, state.site);
  if (!site) redirect(sitesAddress(basePath, query));
  const now = Date.now();
  const start = await loadStart(page, state, now);
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={page.organization.accent}
      phone={site.phone ?? page.organization.phone}
      otherLanguage={`/${other}${path}${query.size ? `?${query}` : ""}`}
    >
      <PublicBooker page={page} site={site} query={query} basePath={basePath} start={start} now={now} />
    </PublicFrame>
  );
}
