import type { MailLocale } from "../messages/format-when.ts";
import { sayText } from "../messages/say-text.ts";
import type { AppointmentFacts } from "./queries.ts";

/** Where an appointment takes place, or how, in words. */
export function describePlace(facts: AppointmentFacts, locale: MailLocale): string {
  const { locationKind, locationDetail } = facts.state;
  if (locationKind === "in_person") {
    return locationDetail ?? [facts.siteName, facts.siteAddress].filter(Boolean).join(", ");
  }
  const means = sayText(locale, locationKind === "video" ? "notice.video" : "notice.byPhone");
  return locationDetail ? `${means} (${locationDetail})` : means;
}
