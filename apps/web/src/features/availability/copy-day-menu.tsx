"use client";

import { Copy } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../../components/popover.tsx";
import { type Weekday, weekdays, weekdayWord } from "./weekdays.ts";

type CopyDayMenuProps = { isoWeekday: Weekday; onCopy: (to: number[]) => void };

/** Chooses the days that take over another day's windows. */
export function CopyDayMenu({ isoWeekday, onCopy }: CopyDayMenuProps) {
  const t = useTranslations("availability.copy");
  const locale = useLocale();
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const others = weekdays.filter((weekday) => weekday !== isoWeekday);
  const day = weekdayWord(isoWeekday, locale);

  function submit(event: FormEvent) {
    event.preventDefault();
    onCopy([...chosen]);
    setIsOpen(false);
  }

  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        if (open) setChosen([]);
      }}
    >
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="size-11 text-muted-foreground hover:text-foreground sm:size-8"
          aria-label={t("open", { day })}
          title={t("open", { day })}
        >
          <Copy />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-60" aria-label={t("title", { day })}>
        <form onSubmit={submit} className="flex flex-col gap-1">
          <p className="mb-1 font-medium">{t("title", { day })}</p>
          {others.map((weekday) => (
            <Checkbox
              key={weekday}
              label={
                <span className="inline-block first-letter:uppercase">{weekdayWord(weekday, locale)}</span>
              }
              className="min-h-11 items-center sm:min-h-7"
              checked={chosen.includes(weekday)}
              onChange={(event) =>
                setChosen(
                  event.target.checked ? [...chosen, weekday] : chosen.filter((each) => each !== weekday),
                )
              }
            />
          ))}
          <div className="mt-2 flex flex-wrap justify-between gap-2">
            <div className="flex gap-1">
              <Button
                variant="ghost"
                size="small"
                className="h-11 sm:h-7"
                onClick={() => setChosen(others.filter((weekday) => weekday <= 5))}
              >
                {t("workdays")}
              </Button>
              <Button variant="ghost" size="small" className="h-11 sm:h-7" onClick={() => setChosen(others)}>
                {t("all")}
              </Button>
            </div>
            <Button type="submit" size="small" className="h-11 sm:h-7" disabled={chosen.length === 0}>
              {t("submit")}
            </Button>
          </div>
        </form>
      </PopoverContent>
    </Popover>
  );
}
