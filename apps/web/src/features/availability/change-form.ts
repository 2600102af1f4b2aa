import { addExceptionInput, addTimeOffInput } from "@creneau/api/availability/schema";
import type { FieldErrors, Resolver } from "react-hook-form";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { instantOf, plusDays } from "../time/wall-time.ts";
import type { DatedItem } from "./dated-items.ts";
import { type DraftRule, draftRule, windowProblems } from "./week-draft.ts";

export type ChangeKind = "closed" | "hours" | "timeOff";

/** A dated change as the form holds it. */
export type ChangeValues = {
  kind: ChangeKind;
  date: string;
  until: string;
  isEverySite: boolean;
  windows: DraftRule[];
  isWholeDay: boolean;
  startMinute: number | null;
  endMinute: number | null;
  reason: string;
};

/** Whose change it is: a provider at a site, or the site itself. */
export type ChangeTarget = { providerId: string | null; siteId: string; zone: string };

/** The windows of a form on their own: one weekday, without a period. */
export function windowsForForm(windows: readonly { startMinute: number; endMinute: number }[]): DraftRule[] {
  return windows.map((window) => draftRule({ ...window, isoWeekday: 1, validFrom: null, validTo: null }));
}

/** A new change for some dates, beginning with the hours that these usually have. */
export function newChange({
  kind,
  from,
  until,
  windows,
}: {
  kind: ChangeKind;
  from: string;
  until: string;
  windows: readonly { startMinute: number; endMinute: number }[];
}): ChangeValues {
  const usual = windows.length > 0 ? windows : [{ startMinute: 540, endMinute: 720 }];
  return {
    kind,
    date: from,
    until,
    isEverySite: false,
    windows: windowsForForm(usual),
    isWholeDay: true,
    startMinute: 540,
    endMinute: 720,
    reason: "",
  };
}

/** The form of a change that exists. */
export function changeOfItem(item: DatedItem): ChangeValues {
  const blank = newChange({ kind: "closed", from: item.date, until: item.until, windows: [] });
  if (item.kind === "timeOff") {
    const isWholeDay = item.startMinute === null;
    return {
      ...blank,
      kind: "timeOff",
      isWholeDay,
      startMinute: item.startMinute ?? blank.startMinute,
      endMinute: item.endMinute ?? blank.endMinute,
      reason: item.reason ?? "",
    };
  }
  return {
    ...blank,
    kind: item.windows.length > 0 ? "hours" : "closed",
    isEverySite: item.siteId === null,
    windows: item.windows.length > 0 ? windowsForForm(item.windows) : blank.windows,
    reason: item.reason ?? "",
  };
}

/** The exception that the form describes, as the API takes it. */
export function toException(values: ChangeValues, { providerId, siteId }: ChangeTarget) {
  return {
    ...(providerId && { providerId }),
    ...((!providerId || !values.isEverySite) && { siteId }),
    date: values.date,
    until: values.until,
    windows:
      values.kind === "hours"
        ? values.windows.map(({ startMinute, endMinute }) => ({ startMinute, endMinute }))
        : [],
    reason: values.reason,
  };
}

/** The absence that the form describes: local dates and times become instants in the site's zone. */
export function toTimeOff(values: ChangeValues, { providerId, siteId, zone }: ChangeTarget) {
  const { date, until, isWholeDay, startMinute, endMinute } = values;
  const at = (day: string, minute: number | null) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) && minute !== null ? instantOf({ date: day, minute, zone }) : "";
  return {
    ...(providerId ? { providerId } : { siteId }),
    startsAt: at(date, isWholeDay ? 0 : startMinute),
    endsAt: isWholeDay ? at(until && plusDays(until, 1), 0) : at(until, endMinute),
    reason: values.reason,
  };
}

/** The form's fields for what the API calls otherwise. */
function fieldOf(path: string): string {
  if (path === "startsAt") return "date";
  if (path === "endsAt") return "until";
  return path.startsWith("windows") ? "windows" : path;
}

/** Checks a dated change with the schema of the request it will become, and its windows as the week's are checked. */
export function changeResolver(target: ChangeTarget): Resolver<ChangeValues> {
  const exception = schemaResolver<ChangeValues>(addExceptionInput, {
    toInput: (values) => toException(values, target),
    fieldOf,
  });
  const timeOff = schemaResolver<ChangeValues>(addTimeOffInput, {
    toInput: (values) => toTimeOff(values, target),
    fieldOf,
  });
  return async (values, context, options) => {
    const missing = missingFields(values);
    if (missing) return { values: {}, errors: missing };
    if (values.kind === "timeOff") return timeOff(values, context, options);
    if (values.kind === "hours" && (values.windows.length === 0 || windowProblems(values.windows).size > 0))
      return { values: {}, errors: { windows: { type: "custom", message: "invalid" } } };
    return exception(values, context, options);
  };
}

function missingFields(values: ChangeValues): FieldErrors<ChangeValues> | null {
  const error = (message: string) => ({ type: "custom", message });
  const errors: FieldErrors<ChangeValues> = {};
  if (!values.date) errors.date = error("date");
  if (!values.until) errors.until = error("date");
  else if (values.until < values.date) errors.until = error("order");
  if (values.kind === "timeOff" && !values.isWholeDay) {
    if (values.startMinute === null) errors.startMinute = error("time");
    if (values.endMinute === null) errors.endMinute = error("time");
    else if (
      values.date === values.until &&
      values.startMinute !== null &&
      values.endMinute <= values.startMinute
    )
      errors.endMinute = error("order");
  }
  return Object.keys(errors).length > 0 ? errors : null;
}
