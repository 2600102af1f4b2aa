/** The times of day a wish can be for, as minutes of the site's day: a start lies in [start, end). */
export const dayParts = {
  day: { startMinute: 0, endMinute: 1440 },
  morning: { startMinute: 0, endMinute: 720 },
  afternoon: { startMinute: 720, endMinute: 1080 },
  evening: { startMinute: 1080, endMinute: 1440 },
} as const;

export type DayPart = keyof typeof dayParts;

export const dayPartNames = Object.keys(dayParts) as DayPart[];

interface Times {
  startMinute: number;
  endMinute: number;
}

/** The part of the day that these times are; null for others, which the API takes as well. */
export function dayPartOf({ startMinute, endMinute }: Times): DayPart | null {
  return (
    dayPartNames.find(
      (part) => dayParts[part].startMinute === startMinute && dayParts[part].endMinute === endMinute,
    ) ?? null
  );
}

/** Minutes since midnight as `HH:mm`; a day's end is 24:00. */
export function clockOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((value) => String(value).padStart(2, "0")).join(":");
}
