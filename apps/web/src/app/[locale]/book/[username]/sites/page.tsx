import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { followRename } from "../../../../../features/booking/follow-rename.ts";
import { loadPage } from "../../../../../features/booking/load-start.ts";
import { pageMetadata } from "../../../../../features/booking/page-metadata.ts";
import { PublicFrame } from "../../../../../features/booking/public-frame.tsx";
import { PublicSites } from "../../../../../features/booking/public-sites.tsx";
import { type SearchParams, toQuery } from "../../../../../features/booking/search-params.ts";
import { UnknownName } from "../../../../../features/booking/unknown-name.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

async function load({ params }: Props) {
  return loadPage(decodeURIComponent((await params).username), null);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return pageMetadata(await load(props));
}

/** At which site of a network; the booking page leads here while none is chosen. */
export default async function SitesPage(props: Props) {
  const [page, asked, locale] = await Promise.all([load(props), props.searchParams, getLocale()]);
  if (!page) return <UnknownName />;
  const query = toQuery(asked);
  await followRename(props.params, `/${locale}/book`, { page, query, rest: "/sites" });
  const path = `/book/${encodeURIComponent(page.username)}`;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={page.organization.accent}
      phone={page.organization.phone}
      otherLanguage={`/${other}${path}/sites${query.size ? `?${query}` : ""}`}
    >
      <PublicSites page={page} basePath={`/${locale}${path}`} />
    </PublicFrame>
  );
}
