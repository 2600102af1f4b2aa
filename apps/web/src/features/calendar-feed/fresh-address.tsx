"use client";

import { CalendarPlus, KeyRound, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyField } from "../../components/copy-field.tsx";

/** Names under which a machine calls itself: nobody else reaches it by these. */
const isLocal = (host: string) => /^(localhost|127\.|0\.0\.0\.0|\[::1\]|10\.|192\.168\.)/.test(host);

/** The address of a feed, in the one moment it is known. */
export function FreshAddress({ name, address }: { name: string; address: string }) {
  const t = useTranslations("calendarFeed");
  const { host } = new URL(address);
  return (
    <section
      aria-label={t("fresh.title", { name })}
      className="flex flex-col gap-3 rounded-lg border border-accent/40 bg-accent/6 p-3"
    >
      <p role="status">
        <span className="font-semibold">{t("fresh.title", { name })}</span> {t("fresh.once")}
      </p>
      <CopyField label={t("fresh.label")} value={address} />
      <p className="flex items-start gap-2">
        <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
        {t("fresh.secret")}
      </p>
      {isLocal(host) && (
        <p className="flex items-start gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          {t("local", { host })}
        </p>
      )}
      <a
        href={address.replace(/^https?:/, "webcal:")}
        className="inline-flex min-h-7 items-center gap-2 self-start font-medium underline underline-offset-2 max-sm:min-h-11"
      >
        <CalendarPlus aria-hidden className="size-4" />
        {t("fresh.open")}
      </a>
    </section>
  );
}
