import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readState } from "../../../../features/booking/booking-state.ts";
import { loadPage, loadStart } from "../../../../features/booking/load-start.ts";
import { PublicBooker } from "../../../../features/booking/public-booker.tsx";
import { PublicFrame } from "../../../../features/booking/public-frame.tsx";
import { type SearchParams, toQuery } from "../../../../features/booking/search-params.ts";
import { UnknownName } from "../../../../features/booking/unknown-name.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

async function load({ params, searchParams }: Props) {
  const [{ username }, asked] = await Promise.all([params, searchParams]);
  const query = toQuery(asked);
  const state = readState(query);
  return { page: await loadPage(decodeURIComponent(username), state.site), state, query };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { page } = await load(props);
  const t = await getTranslations("booking.frame");
  if (!page) return { title: t("unknownTitle"), robots: { index: false } };
  const name = page.provider?.name ?? page.organization.name;
  return { title: t("title", { name }), description: t("description", { name }) };
}

/** The public booking page of a provider or an organization. */
export default async function BookPage(props: Props) {
  const [{ page, state, query }, locale] = await Promise.all([load(props), getLocale()]);
  if (!page) return <UnknownName />;
  const now = Date.now();
  const start = await loadStart(page, state, now);
  const path = `/book/${encodeURIComponent(page.username)}`;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={page.organization.accent}
      otherLanguage={`/${other}${path}${query.size ? `?${query}` : ""}`}
    >
      <PublicBooker page={page} query={query} basePath={`/${locale}${path}`} start={start} now={now} />
    </PublicFrame>
  );
}
