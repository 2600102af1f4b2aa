"use client";

import { useLocale } from "../../components/words.tsx";
import { shortDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import type { Slot } from "./slot-view.ts";

/** Other starts, a tap away. */
export function Alternatives({
  slots,
  zone,
  label,
  onChoose,
}: {
  slots: readonly Slot[];
  zone: string;
  label: string;
  onChoose: (startsAt: string) => void;
}) {
  const locale = useLocale();
  if (slots.length === 0) return null;
  return (
    <ul aria-label={label} className="mt-3 flex flex-wrap gap-2">
      {slots.map(({ startsAt }) => {
        const { date, time } = wallClock(startsAt, zone);
        return (
          <li key={startsAt}>
            <button
              type="button"
              data-alternative={startsAt}
              onClick={() => onChoose(startsAt)}
              className="tabular min-h-11 rounded-lg border border-accent/50 bg-surface px-3 font-medium text-foreground text-sm hover:bg-accent/10"
            >
              {shortDate(date, locale)} · {time}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
