"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatPhone } from "../../components/format-phone.ts";
import { shortDay } from "../time/format-time.ts";
import { type Entry, isOpen } from "./entry.ts";
import { EntryState } from "./entry-state.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { useWishWords } from "./use-wish-words.ts";

export type WaitlistRowsProps = {
  entries: readonly Entry[];
  showsSite: boolean;
  isStale: boolean;
  onRemove: (entry: Entry) => void;
};

const cell = "px-3 py-2.5 align-top @max-4xl:px-2";
const wideOnly = "@max-4xl:hidden";
const narrowOnly = "@4xl:hidden";

/** The waiting list as a table; where it is narrow, site and date of joining stand in other columns. */
export function WaitlistTable({ entries, showsSite, isStale, onRemove }: WaitlistRowsProps) {
  const t = useTranslations("waitlistStaff");
  const locale = useLocale();
  const wish = useWishWords();
  const joined = ({ createdAt, timezone }: Entry) => shortDay({ instant: createdAt, zone: timezone, locale });
  const columns = [
    "who",
    "what",
    ...(showsSite ? (["where"] as const) : []),
    "when",
    "since",
    "state",
  ] as const;
  return (
    <section
      aria-label={t("title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={`@container overflow-x-auto rounded-xl border bg-surface ${isStale ? "opacity-60" : ""}`}
    >
      <table className="w-full border-collapse text-left">
        <thead className="border-b text-muted-foreground text-xs">
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={`whitespace-nowrap px-3 py-2 font-medium @max-4xl:px-2 ${
                  column === "where" || column === "since" ? wideOnly : ""
                }`}
              >
                {t(`columns.${column}`)}
              </th>
            ))}
            <th scope="col" className="px-2 py-2">
              <span className="sr-only">{t("columns.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {entries.map((entry) => (
            <tr key={entry.id} className="hover:bg-muted/60">
              <td className={`${cell} max-w-56 @max-4xl:max-w-36`}>
                <span className="block truncate font-medium">{entry.name}</span>
                <span className="block truncate text-muted-foreground text-xs">{entry.email}</span>
                {entry.phone && (
                  <span className="tabular block text-muted-foreground text-xs">
                    {formatPhone(entry.phone)}
                  </span>
                )}
              </td>
              <td className={`${cell} max-w-48 @max-4xl:max-w-40`}>
                <span className="block text-pretty">{entry.serviceName}</span>
                <span className="block truncate text-muted-foreground text-xs">
                  {entry.providerName ?? t("anyone")}
                </span>
                {showsSite && (
                  <span className={`block truncate text-muted-foreground text-xs ${narrowOnly}`}>
                    {entry.siteName}
                  </span>
                )}
              </td>
              {showsSite && <td className={`${cell} max-w-40 truncate ${wideOnly}`}>{entry.siteName}</td>}
              <td className={`${cell} tabular whitespace-nowrap @max-4xl:whitespace-normal`}>
                <span className="block text-balance">{wish.days(entry)}</span>
                <span className="block text-muted-foreground text-xs">{wish.times(entry)}</span>
                <time
                  dateTime={entry.createdAt}
                  className={`block text-muted-foreground text-xs ${narrowOnly}`}
                >
                  {t("since", { date: joined(entry) })}
                </time>
              </td>
              <td className={`${cell} tabular whitespace-nowrap text-muted-foreground ${wideOnly}`}>
                <time dateTime={entry.createdAt}>{joined(entry)}</time>
              </td>
              <td className={cell}>
                <EntryState entry={entry} />
              </td>
              <td className="px-2 py-1.5 text-right align-top">
                {isOpen(entry) && <RemoveButton isSign entry={entry} onRemove={onRemove} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
