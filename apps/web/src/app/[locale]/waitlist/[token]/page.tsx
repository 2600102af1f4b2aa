import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { askApi } from "../../../../features/booking/load-start.ts";
import { PublicFrame } from "../../../../features/booking/public-frame.tsx";
import { UnknownLink } from "../../../../features/manage/unknown-link.tsx";
import { WaitlistEntry } from "../../../../features/waitlist/waitlist-entry.tsx";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("waitlist");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** One wish, by its mailed link. It shows; buttons act. */
export default async function WaitlistPage({ params }: Props) {
  const [{ token }, locale] = await Promise.all([params, getLocale()]);
  const waitlistToken = decodeURIComponent(token);
  const entry = await askApi((api) => api.waitlist.entry({ waitlistToken }));
  if (!entry) return <UnknownLink />;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame accent={entry.accent} phone={entry.phone} otherLanguage={`/${other}/waitlist/${token}`}>
      <WaitlistEntry entry={entry} waitlistToken={waitlistToken} now={Date.now()} />
    </PublicFrame>
  );
}
