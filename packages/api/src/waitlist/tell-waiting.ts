import { inTenantSql } from "@creneau/db/in-tenant";
import { dateFormat } from "@creneau/domain/time/date-format";
import { waitlistTokenOf } from "../booking/link-tokens.ts";
import type { JobServices } from "../jobs/define-job.ts";
import { formatWhen, type MailLocale, mailLocale } from "../notifications/format-when.ts";
import { MailError } from "../notifications/mailer.ts";
import { renderMail } from "../notifications/render-mail.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { type EntryRow, findEntry } from "./queries.ts";
import { waitingTexts } from "./waiting-texts.ts";

/** Ids of what is to be told: an offer, or without one that somebody is on the list. */
export interface TellData {
  organizationId: string;
  entryId: string;
  appointmentId?: string | undefined;
}

/**
 * Writes to somebody who waits, if what is to be told is still so: an offer that has lapsed or was answered is not
 * announced. A retry goes out under the same Message-ID.
 */
export async function tellWaiting(
  data: TellData,
  { database, mailer, now, log, appUrl, linkSecret }: JobServices,
): Promise<void> {
  const row = await inTenantSql(database, scopeOfJob(data), (tx) =>
    findEntry(tx, { id: data.entryId, now: now() }),
  );
  if (!row) return;
  const isOffer = data.appointmentId !== undefined;
  if (isOffer ? row.state !== "offered" || row.offered_id !== data.appointmentId : row.state === "ended")
    return;
  const locale = mailLocale(row.locale);
  const url = `${appUrl.replace(/\/$/, "")}/${locale}/waitlist/${waitlistTokenOf(linkSecret, row.id)}`;
  try {
    await mailer.send({
      to: row.email,
      messageId: `<${data.appointmentId ?? row.id}@waitlist.creneau>`,
      ...(isOffer ? offerMail(row, locale, url) : joinedMail(row, locale, url)),
    });
  } catch (error) {
    if (!(error instanceof MailError && error.isPermanent)) throw error;
    log.warn({ entryId: row.id, reason: error.reason }, "Somebody who waits cannot be written to");
  }
}

function joinedMail(row: EntryRow, locale: MailLocale, url: string) {
  const texts = waitingTexts[locale];
  const day = (date: string) =>
    dateFormat(locale, {
      dateStyle: "long",
      timeZone: "UTC",
    }).format(new Date(`${date}T00:00:00Z`));
  const days = texts.days.replace("{from}", () => day(row.from_date)).replace("{to}", () => day(row.to_date));
  return {
    subject: texts.subject.joined.replace("{service}", () => row.service_name),
    ...renderMail({
      ...frameOf(row, locale, "joined"),
      rows: [
        ...placeRows(row, locale, row.provider_name ?? texts.anyone),
        { label: texts.labels.days, value: days },
      ],
      action: { label: texts.action.joined, url },
    }),
  };
}

function offerMail(row: EntryRow, locale: MailLocale, url: string) {
  const texts = waitingTexts[locale];
  const { timezone } = row;
  const startsAt = row.offered_at as Date;
  const when = formatWhen({ startsAt, endsAt: row.offered_end as Date }, { locale, timezone });
  const until = dateFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone,
  }).format(row.offered_until as Date);
  return {
    subject: texts.subject.offered.replace("{when}", () => when),
    ...renderMail({
      ...frameOf(row, locale, "offered"),
      rows: [
        { label: texts.labels.when, value: when },
        ...placeRows(row, locale, row.offered_provider ?? ""),
        { label: texts.labels.until, value: until },
      ],
      action: { label: texts.action.offered, url },
    }),
  };
}

function frameOf(row: EntryRow, locale: MailLocale, kind: "joined" | "offered") {
  const texts = waitingTexts[locale];
  return {
    locale,
    sender: row.organization_name,
    paragraphs: [texts.greeting.replace("{name}", () => row.name), texts.opening[kind]],
    closing: texts.closing[kind],
  };
}

function placeRows(row: EntryRow, locale: MailLocale, providerName: string) {
  const { labels } = waitingTexts[locale];
  const town = [row.postal_code, row.city].filter(Boolean).join(" ");
  const place = [row.site_name, row.address, town].filter(Boolean).join(", ");
  return [
    { label: labels.service, value: row.service_name },
    { label: labels.with, value: providerName },
    { label: labels.where, value: place },
  ];
}
