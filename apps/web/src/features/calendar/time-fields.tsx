"use client";

import { useTranslations } from "next-intl";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { TimeInput } from "../../components/time-input.tsx";
import { instantOf, wallTimeOf } from "../time/wall-time.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** Instants; no end means as long as the service lasts. */
export type TimeRange = { startsAt: string; endsAt: string | null };

type TimeFieldsProps = {
  range: TimeRange;
  /** The end that shows as long as nobody has chosen one; null where nothing says how long it lasts. */
  shownEnd: string | null;
  onChange: (range: TimeRange) => void;
};

/** What the browser lets through when a form is sent: a time of day, written in any of the usual ways. */
export const clockPattern = "([01]?[0-9]|2[0-4])([:hH.]?[0-5][0-9])?[hH]?";

/** Date, start and end on the organization's wall clock; a new start takes the end along. */
export function TimeFields({ range, onChange, ...props }: TimeFieldsProps) {
  const t = useTranslations("calendar.create");
  const zone = useViewer().organization.timezone;
  const start = wallTimeOf({ instant: range.startsAt, zone });

  function begin(date: string, minute: number | null) {
    if (!date || minute === null) return;
    const startsAt = instantOf({ date, minute, zone });
    const length = range.endsAt ? Date.parse(range.endsAt) - Date.parse(range.startsAt) : null;
    onChange({
      startsAt,
      endsAt: length === null ? null : new Date(Date.parse(startsAt) + length).toISOString(),
    });
  }

  function end(minute: number | null) {
    if (minute === null) return;
    const after = minute > start.minute ? minute : minute + 1440;
    onChange({ ...range, endsAt: instantOf({ date: start.date, minute: after, zone }) });
  }

  const shownEnd = range.endsAt ?? props.shownEnd;
  const time = { required: true, pattern: clockPattern, className: "tabular w-full" };
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
          <TimeInput
            {...control}
            {...time}
            name="from"
            value={start.minute}
            onChange={(minute) => begin(start.date, minute)}
          />
        )}
      </Field>
      <Field label={t("to")}>
        {(control) => (
          <TimeInput
            {...control}
            {...time}
            required={false}
            name="to"
            value={shownEnd ? wallTimeOf({ instant: shownEnd, zone }).minute : null}
            onChange={end}
          />
        )}
      </Field>
    </div>
  );
}
