import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Confirmation } from "../../../../../features/booking/confirmation.tsx";
import { askAsGuest } from "../../../../../features/booking/load-start.ts";
import { PublicFrame } from "../../../../../features/booking/public-frame.tsx";
import { type SearchParams, toQuery } from "../../../../../features/booking/search-params.ts";
import { UnknownLink } from "../../../../../features/manage/unknown-link.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("booking.confirmation");
  return { title: t("pageTitle"), robots: { index: false } };
}

/** What has been booked, and what can be done about it. Only the holder of the booking's link sees it. */
export default async function ConfirmationPage({ params, searchParams }: Props) {
  const [{ username }, asked, locale] = await Promise.all([params, searchParams, getLocale()]);
  const query = toQuery(asked);
  const manageToken = query.get("booking") ?? "";
  const booking = manageToken ? await askAsGuest((api) => api.manage({ manageToken })) : null;
  if (!booking) return <UnknownLink />;
  const path = `/book/${username}`;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={booking.organization.accent}
      phone={booking.site.phone ?? booking.organization.phone}
      otherLanguage={`/${other}${path}/confirmation?${query}`}
    >
      <Confirmation booking={booking} manageToken={manageToken} bookAgain={`/${locale}${path}`} />
    </PublicFrame>
  );
}
