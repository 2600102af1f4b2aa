import { dateFormat } from "@creneau/domain/time/date-format";

const clockFields = {
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** What the clock on a wall of the zone shows at an instant (epoch milliseconds or ISO). */
export function wallClock(instant: number | string, zone: string): { date: string; time: string } {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const part: Record<string, string> = {};
  for (const { type, value } of dateFormat("en-US", { ...clockFields, timeZone: zone }).formatToParts(at))
    part[type] = value;
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/** "UTC+1", "UTC+5:45", "UTC−3:30", as it is at that instant. */
export function zoneOffset(zone: string, instant: number): string {
  const name = dateFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")?.value;
  return (name ?? "GMT").replace("GMT", "UTC").replace("-", "−");
}

/** The last part of the zone's name, as a reader writes it: "Paris", "St Johns". */
export function zoneCity(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ").replace("Katmandu", "Kathmandu");
}

/** Every zone to choose from, the ones given always among them. */
export function zoneNames(...always: string[]): string[] {
  return [...new Set([...always, ...Intl.supportedValuesOf("timeZone")])].sort();
}
