import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { askAsGuest } from "../../../../features/booking/load-start.ts";
import { PublicFrame } from "../../../../features/booking/public-frame.tsx";
import { UnknownLink } from "../../../../features/manage/unknown-link.tsx";
import { Portal } from "../../../../features/portal/portal.tsx";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("portal");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** A client's meetings and shared notes, by their own link. */
export default async function PortalPage({ params }: Props) {
  const [{ token }, locale] = await Promise.all([params, getLocale()]);
  const portalToken = decodeURIComponent(token);
  const portal = await askAsGuest((api) => api.portal({ portalToken }));
  if (!portal) return <UnknownLink />;
  const last = portal.bookings.at(-1);
  const page = await askAsGuest((api) =>
    api.page({
      username: last?.username ?? portal.organization.slug,
      ...(last && { siteSlug: last.site.slug }),
    }),
  );
  const other = locale === "fr" ? "en" : "fr";
  return (
    <PublicFrame
      accent={portal.organization.accent}
      phone={portal.organization.phone}
      otherLanguage={`/${other}/portal/${token}`}
    >
      <Portal
        portal={portal}
        portalToken={portalToken}
        now={Date.now()}
        again={page && { page, siteSlug: last?.site.slug ?? null }}
      />
    </PublicFrame>
  );
}
