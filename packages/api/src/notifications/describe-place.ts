import type { MailLocale } from "./format-when.ts";
import { noticeTexts } from "./notice-texts.ts";
import type { AppointmentFacts } from "./queries.ts";

/** Where an appointment takes place, or how, in words. */
export function describePlace(facts: AppointmentFacts, locale: MailLocale): string {
  const { locationKind, locationDetail } = facts.state;
  if (locationKind === "in_person") {
    return locationDetail ?? [facts.siteName, facts.siteAddress].filter(Boolean).join(", ");
  }
  const texts = noticeTexts[locale];
  const means = locationKind === "video" ? texts.video : texts.byPhone;
  return locationDetail ? `${means} (${locationDetail})` : means;
}
