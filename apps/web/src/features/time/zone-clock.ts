const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** What the clock on a wall of the zone shows at an instant (epoch milliseconds or ISO). */
export function wallClock(instant: number | string, zone: string): { date: string; time: string } {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const part: Record<string, string> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) part[type] = value;
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/** Whether the name is one this browser (or server) knows. */
export function isKnownZone(zone: string | null | undefined): zone is string {
  if (!zone) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The visitor's own zone, as their device says. */
export function detectedZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** "UTC+1", "UTC+5:45", "UTC−3:30", as it is at that instant. */
export function zoneOffset(zone: string, instant: number): string {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" })
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
