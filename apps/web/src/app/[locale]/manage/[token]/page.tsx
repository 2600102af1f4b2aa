import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { askAsGuest } from "../../../../features/booking/load-start.ts";
import { PublicFrame } from "../../../../features/booking/public-frame.tsx";
import { ManageBooking } from "../../../../features/manage/manage-booking.tsx";
import { UnknownLink } from "../../../../features/manage/unknown-link.tsx";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("manage");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** One booking, by its mailed link. It shows; buttons act. */
export default async function ManagePage({ params }: Props) {
  const [{ token }, locale] = await Promise.all([params, getLocale()]);
  const manageToken = decodeURIComponent(token);
  const booking = await askAsGuest((api) => api.manage({ manageToken }));
  if (!booking) return <UnknownLink />;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={booking.organization.accent}
      phone={booking.site.phone ?? booking.organization.phone}
      otherLanguage={`/${other}/manage/${token}`}
    >
      <ManageBooking booking={booking} manageToken={manageToken} now={Date.now()} />
    </PublicFrame>
  );
}
