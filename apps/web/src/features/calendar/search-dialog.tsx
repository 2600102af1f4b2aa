"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Input } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { trpc } from "../../trpc/react.ts";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Appointment, appointmentTitle } from "./appointment.ts";

const dayMs = 86_400_000;
/** How far back and ahead appointments are searched; a year and a half is what people remember and plan. */
const reach = { back: 180 * dayMs, ahead: 365 * dayMs };

type SearchDialogProps = { onPick: (appointment: Appointment) => void; onClose: () => void };

/** Finds an appointment by its client, phone, reference or title, and goes to it. */
export default function SearchDialog({ onPick, onClose }: SearchDialogProps) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [range] = useState(() => ({
    from: new Date(Date.now() - reach.back).toISOString(),
    to: new Date(Date.now() + reach.ahead).toISOString(),
  }));
  const search = useDeferredValue(text.trim());
  const { data, isFetching } = trpc.appointments.list.useQuery(
    { ...range, search, limit: 20 },
    { enabled: search.length >= 2, placeholderData: keepPreviousData },
  );
  const found = search.length >= 2 ? nearestFirst(data?.items ?? []) : [];

  function press(event: KeyboardEvent) {
    const last = found.length - 1;
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, last));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter" && found[active]) onPick(found[active]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("search.title")} isAnchored>
        <Input
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${active}` : undefined}
          aria-label={t("search.title")}
          placeholder={t("search.placeholder")}
          autoComplete="off"
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
        />
        <div id={listId} role="listbox" aria-label={t("search.results")} className="mt-2 flex flex-col">
          {found.map((appointment, index) => (
            <div
              key={appointment.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={joinClasses(
                "flex cursor-pointer items-baseline justify-between gap-x-3 rounded-md px-2 py-2 max-sm:flex-col max-sm:items-start",
                index === active && "bg-muted",
              )}
              onMouseEnter={() => setActive(index)}
              onClick={() => onPick(appointment)}
              onKeyDown={press}
            >
              <span className="min-w-0 max-w-full truncate font-medium">
                {appointmentTitle(appointment, t("busy"))}
                <span className="ml-2 font-normal text-muted-foreground text-xs">
                  {appointment.subjectReference ?? appointment.serviceName}
                </span>
              </span>
              <time dateTime={appointment.startsAt} className="shrink-0 text-muted-foreground text-xs">
                {dayAndTime({ instant: appointment.startsAt, zone, locale })}
              </time>
            </div>
          ))}
        </div>
        <p role="status" className="mt-2 text-muted-foreground text-xs">
          {search.length < 2
            ? t("search.hint")
            : found.length === 0 && !isFetching
              ? t("search.nothing")
              : t("search.count", { count: found.length })}
        </p>
      </DialogContent>
    </Dialog>
  );
}

/** What is to come first, soonest first; then what is past, latest first. */
function nearestFirst(items: readonly Appointment[]): Appointment[] {
  const now = Date.now();
  const away = ({ startsAt }: Appointment) => {
    const distance = Date.parse(startsAt) - now;
    return distance >= 0 ? distance : reach.ahead - distance;
  };
  return items.toSorted((a, b) => away(a) - away(b)).slice(0, 8);
}
