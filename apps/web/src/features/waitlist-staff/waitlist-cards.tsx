"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatPhone } from "../../components/format-phone.ts";
import { shortDay } from "../time/format-time.ts";
import { isOpen } from "./entry.ts";
import { EntryState } from "./entry-state.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { useWishWords } from "./use-wish-words.ts";
import type { WaitlistRowsProps } from "./waitlist-table.tsx";

const touch = "inline-flex min-h-11 items-center break-all underline underline-offset-2";

/** The waiting list on a phone, where it serves to call whoever is on it. */
export function WaitlistCards({ entries, showsSite, isStale, onRemove }: WaitlistRowsProps) {
  const t = useTranslations("waitlistStaff");
  const locale = useLocale();
  const wish = useWishWords();
  return (
    <ul aria-label={t("title")} className={`flex flex-col gap-3 ${isStale ? "opacity-60" : ""}`}>
      {entries.map((entry) => (
        <li key={entry.id} className="flex flex-col gap-2 rounded-xl border bg-surface p-3">
          <div>
            <p className="font-medium">{entry.name}</p>
            <div className="flex flex-wrap gap-x-4 text-muted-foreground">
              {entry.phone && (
                <a href={`tel:${entry.phone}`} className={`${touch} tabular`}>
                  {formatPhone(entry.phone)}
                </a>
              )}
              <a href={`mailto:${entry.email}`} className={touch}>
                {entry.email}
              </a>
            </div>
          </div>
          <div>
            <p>
              {[entry.serviceName, entry.providerName ?? t("anyone")].join(" · ")}
              {showsSite && <span className="block text-muted-foreground text-xs">{entry.siteName}</span>}
            </p>
            <p className="tabular mt-1">
              {wish.days(entry)}
              <span className="block text-muted-foreground text-xs">{wish.times(entry)}</span>
            </p>
            <p className="tabular text-muted-foreground text-xs">
              {t("since", { date: shortDay({ instant: entry.createdAt, zone: entry.timezone, locale }) })}
            </p>
          </div>
          <EntryState entry={entry} />
          {isOpen(entry) && <RemoveButton entry={entry} onRemove={onRemove} />}
        </li>
      ))}
    </ul>
  );
}
