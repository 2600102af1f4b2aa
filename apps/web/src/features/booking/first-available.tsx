"use client";

import { Zap } from "../../components/signs.tsx";
import { useLocale, useTranslations } from "../../components/words.tsx";
import { longDate } from "../time/local-date.ts";
import { wallClock } from "../time/zone-clock.ts";
import type { Slot } from "./slot-view.ts";
import { StateLink } from "./state-link.tsx";

/** The shortcut of whoever wants to come as soon as possible. */
export function FirstAvailable({
  first,
  zone,
  isPending,
  href,
  onChoose,
}: {
  first: Slot;
  zone: string;
  isPending: boolean;
  href: string;
  onChoose: (startsAt: string) => void;
}) {
  const t = useTranslations("booking.first");
  const locale = useLocale();
  const { date, time } = wallClock(first.startsAt, zone);
  return (
    <StateLink
      data-first-available={first.startsAt}
      aria-busy={isPending || undefined}
      href={href}
      onFollow={() => onChoose(first.startsAt)}
      className="flex min-h-11 w-full items-center gap-3 rounded-xl border border-accent/40 bg-accent/8 px-4 py-2.5 text-left hover:border-accent hover:bg-accent/15"
    >
      <Zap aria-hidden className="size-5 shrink-0 text-accent" />
      <span>
        <span className="block text-muted-foreground text-xs">{t("label")}</span>
        <span className="block font-semibold first-letter:uppercase">
          {t("when", { date: longDate(date, locale), time })}
        </span>
      </span>
    </StateLink>
  );
}
