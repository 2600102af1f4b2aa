import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Booker } from "../../../../features/booking/booker.tsx";
import { readState } from "../../../../features/booking/booking-state.ts";
import { loadPage, loadStart } from "../../../../features/booking/load-start.ts";
import { PageHeading } from "../../../../features/booking/page-heading.tsx";
import { PlaceLine } from "../../../../features/booking/place-line.tsx";
import { type SearchParams, toQuery } from "../../../../features/booking/search-params.ts";
import { UnknownName } from "../../../../features/booking/unknown-name.tsx";
import { EmbedFrame } from "../../../../features/embed/embed-frame.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { robots: { index: false } };

/** The booking page as other sites show it in a frame; the only pages that may be framed live under `embed`. */
export default async function EmbedPage({ params, searchParams }: Props) {
  const [{ username }, asked, locale] = await Promise.all([params, searchParams, getLocale()]);
  const state = readState(toQuery(asked));
  const page = await loadPage(decodeURIComponent(username), state.site);
  if (!page) return <UnknownName />;
  const now = Date.now();
  const start = await loadStart(page, state, now);
  return (
    <EmbedFrame accent={page.organization.accent}>
      <Booker
        page={page}
        heading={<PageHeading page={page} />}
        place={start && <PlaceLine {...start} />}
        basePath={`/${locale}/embed/${encodeURIComponent(page.username)}`}
        start={start}
        now={now}
        isEmbedded
      />
    </EmbedFrame>
  );
}
