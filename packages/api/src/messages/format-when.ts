import { dateFormat } from "@creneau/domain/time/date-format";

/** Languages that mails are written in. */
export type MailLocale = "fr" | "en";

/** The language to write in, for a stored locale that may be any other. */
export function mailLocale(locale: string): MailLocale {
  return locale.toLowerCase().startsWith("en") ? "en" : "fr";
}

/**
 * Day and hours of an appointment as its reader should see them after a colon, the zone always named:
 * "lundi 23 novembre 2026, 14:30 – 15:00 (heure normale d’Europe centrale, Europe/Paris)".
 */
export function formatWhen(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  { locale, timezone }: { locale: MailLocale; timezone: string },
): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { timeZone: timezone, ...options });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const hour = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const zone = format({ timeZoneName: "long" })
    .formatToParts(startsAt)
    .find((part) => part.type === "timeZoneName");
  // The end is named by its day too when it falls on another one.
  const end = day.format(startsAt) === day.format(endsAt) ? "" : `${day.format(endsAt)}, `;
  const hours = `${hour.format(startsAt)} – ${end}${hour.format(endsAt)}`;
  return `${day.format(startsAt)}, ${hours} (${zone ? `${zone.value}, ` : ""}${timezone})`;
}
