import type { CalendarLinks } from "./schema.ts";

interface LinkedEvent {
  appUrl: string;
  /** Of the manage link: the same secret opens the calendar file. */
  token: string;
  title: string;
  startsAt: string;
  endsAt: string;
  location: string;
}

/** A file to download, and prefilled forms of the two large web calendars. Times are UTC: each calendar shows its own. */
export function calendarLinks({
  appUrl,
  token,
  title,
  startsAt,
  endsAt,
  location,
}: LinkedEvent): CalendarLinks {
  const compact = (text: string) => new Date(text).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const google = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${compact(startsAt)}/${compact(endsAt)}`,
    ...(location && { location }),
  });
  const outlook = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: new Date(startsAt).toISOString(),
    enddt: new Date(endsAt).toISOString(),
    ...(location && { location }),
  });
  return {
    ics: `${appUrl.replace(/\/$/, "")}/api/ics/${token}.ics`,
    google: `https://calendar.google.com/calendar/render?${google}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`,
  };
}
