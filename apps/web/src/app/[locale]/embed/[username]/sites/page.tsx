import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { loadPage } from "../../../../../features/booking/load-start.ts";
import { PublicSites } from "../../../../../features/booking/public-sites.tsx";
import { UnknownName } from "../../../../../features/booking/unknown-name.tsx";
import { EmbedFrame } from "../../../../../features/embed/embed-frame.tsx";

export const metadata: Metadata = { robots: { index: false } };

/** At which site of a network, inside the frame. */
export default async function EmbedSitesPage({ params }: { params: Promise<{ username: string }> }) {
  const [{ username }, locale] = await Promise.all([params, getLocale()]);
  const page = await loadPage(decodeURIComponent(username), null);
  if (!page) return <UnknownName />;
  return (
    <EmbedFrame accent={page.organization.accent} phone={page.organization.phone}>
      <PublicSites page={page} basePath={`/${locale}/embed/${encodeURIComponent(page.username)}`} />
    </EmbedFrame>
  );
}
