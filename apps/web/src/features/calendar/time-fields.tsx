"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { useViewer } from "../shell/viewer.tsx";
import { clockOfMinute, minuteOfClock } from "./format-time.ts";
import { instantOf, wallTimeOf } from "./wall-time.ts";

/** Instants; no end means as long as the service lasts. */
export type TimeRange = { startsAt: string; endsAt: string | null };

type TimeFieldsProps = {
  range: TimeRange;
  /** What the end shows as long as nobody has chosen one. */
  shownEnd: string;
  onChange: (range: TimeRange) => void;
};

/** Date, start and end on the organization's wall clock; a new start takes the end along. */
export function TimeFields({ range, shownEnd, onChange }: TimeFieldsProps) {
  const t = useTranslations("calendar.create");
  const zone = useViewer().organization.timezone;
  const start = wallTimeOf({ instant: range.startsAt, zone });

  function begin(date: string, minute: number) {
    if (!date || Number.isNaN(minute)) return;
    const startsAt = instantOf({ date, minute, zone });
    const length = range.endsAt ? Date.parse(range.endsAt) - Date.parse(range.startsAt) : null;
    onChange({
      startsAt,
      endsAt: length === null ? null : new Date(Date.parse(startsAt) + length).toISOString(),
    });
  }

  function end(minute: number) {
    if (Number.isNaN(minute)) return;
    const after = minute > start.minute ? minute : minute + 1440;
    onChange({ ...range, endsAt: instantOf({ date: start.date, minute: after, zone }) });
  }

  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2">
        <Field label={t("date")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              name="date"
              required
              value={start.date}
              onChange={(event) => begin(event.target.value, start.minute)}
            />
          )}
        </Field>
      </div>
      <Field label={t("from")}>
        {(control) => (
          <Input
            {...control}
            type="time"
            name="from"
            required
            value={clockOfMinute(start.minute)}
            onChange={(event) => begin(start.date, minuteOfClock(event.target.value))}
          />
        )}
      </Field>
      <Field label={t("to")}>
        {(control) => (
          <Input
            {...control}
            type="time"
            name="to"
            value={
              range.endsAt ? clockOfMinute(wallTimeOf({ instant: range.endsAt, zone }).minute) : shownEnd
            }
            onChange={(event) => end(minuteOfClock(event.target.value))}
          />
        )}
      </Field>
    </div>
  );
}
