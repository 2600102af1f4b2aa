"use client";

import { useTranslations } from "next-intl";
import { Popover as Primitive } from "radix-ui";
import type { RefObject } from "react";
import { Popover, PopoverContent } from "../../components/popover.tsx";
import { todayIn } from "../time/calendar-period.ts";
import MiniMonth from "./mini-month.tsx";

type DatePopoverProps = {
  heading: RefObject<HTMLButtonElement | null>;
  date: string;
  zone: string;
  onClose: () => void;
  onPick: (date: string) => void;
};

/** A month under the heading, to jump elsewhere. */
export default function DatePopover({ heading, date, zone, onClose, onPick }: DatePopoverProps) {
  const t = useTranslations("calendar");
  return (
    <Popover open onOpenChange={onClose}>
      <Primitive.Anchor virtualRef={heading as RefObject<HTMLButtonElement>} />
      <PopoverContent
        align="start"
        aria-label={t("goToDate")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          heading.current?.focus();
        }}
        onInteractOutside={(event) => {
          // The heading's own click closes.
          if (heading.current?.contains(event.target as Node)) event.preventDefault();
        }}
      >
        <MiniMonth
          date={date}
          today={todayIn(zone, new Date())}
          onPick={(day) => {
            onPick(day);
            onClose();
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
