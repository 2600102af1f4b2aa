import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Confirmation } from "../../../../../features/booking/confirmation.tsx";
import { askAsGuest } from "../../../../../features/booking/load-start.ts";
import { type SearchParams, toQuery } from "../../../../../features/booking/search-params.ts";
import { BookedStep } from "../../../../../features/embed/booked-step.tsx";
import { EmbedFrame } from "../../../../../features/embed/embed-frame.tsx";
import { UnknownLink } from "../../../../../features/manage/unknown-link.tsx";

type Props = { params: Promise<{ username: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { robots: { index: false } };

/** The confirmation inside the frame; moving and cancelling open a window of their own. */
export default async function EmbedConfirmationPage({ params, searchParams }: Props) {
  const [{ username }, asked, locale] = await Promise.all([params, searchParams, getLocale()]);
  const manageToken = toQuery(asked).get("booking") ?? "";
  const booking = manageToken ? await askAsGuest((api) => api.manage({ manageToken })) : null;
  if (!booking) return <UnknownLink />;
  return (
    <EmbedFrame accent={booking.organization.accent} phone={booking.site.phone ?? booking.organization.phone}>
      <BookedStep />
      <Confirmation
        booking={booking}
        manageToken={manageToken}
        bookAgain={`/${locale}/embed/${username}`}
        isEmbedded
      />
    </EmbedFrame>
  );
}
