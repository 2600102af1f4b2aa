import type { Outputs } from "../../trpc/react.ts";

export type Organization = Outputs["directory"]["organization"]["get"];
type CutoffUnit = "minutes" | "hours" | "days";

/** Minutes in each unit, largest last. */
const unitMinutes: Record<CutoffUnit, number> = { minutes: 1, hours: 60, days: 1440 };

export type OrganizationValues = {
  name: string;
  phone: string;
  accent: string;
  preset: Organization["preset"];
  timezone: string;
  locale: string;
  slotMinutes: string;
  holdMinutes: string;
  undoSeconds: string;
  cutoff: string;
  cutoffUnit: CutoffUnit;
  calendarPolicy: string;
};

/** The largest unit that tells the minutes as a whole number; none at all is told in hours. */
function unitOf(minutes: number): CutoffUnit {
  if (minutes === 0) return "hours";
  if (minutes % unitMinutes.days === 0) return "days";
  return minutes % unitMinutes.hours === 0 ? "hours" : "minutes";
}

/** An organization as its form shows it. */
export function valuesOf(organization: Organization): OrganizationValues {
  const { cancelCutoffMinutes, slotMinutes, holdMinutes, undoSeconds, phone } = organization;
  const cutoffUnit = unitOf(cancelCutoffMinutes);
  const { name, accent, preset, timezone, locale, calendarPolicy } = organization;
  return {
    name,
    accent,
    preset,
    timezone,
    locale,
    calendarPolicy,
    phone: phone ?? "",
    slotMinutes: String(slotMinutes),
    holdMinutes: String(holdMinutes),
    undoSeconds: String(undoSeconds),
    cutoff: String(cancelCutoffMinutes / unitMinutes[cutoffUnit]),
    cutoffUnit,
  };
}

/** What was typed as a number; nothing typed is no number. */
function numberOf(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text);
}

/** What the server is asked to keep. A field left empty is null, which the schema refuses where it needs a number. */
export function inputOf({ cutoff, cutoffUnit, ...values }: OrganizationValues) {
  const wait = numberOf(cutoff);
  return {
    ...values,
    slotMinutes: numberOf(values.slotMinutes) ?? null,
    holdMinutes: numberOf(values.holdMinutes) ?? null,
    undoSeconds: numberOf(values.undoSeconds) ?? null,
    cancelCutoffMinutes: wait === undefined ? null : wait * unitMinutes[cutoffUnit],
  };
}
