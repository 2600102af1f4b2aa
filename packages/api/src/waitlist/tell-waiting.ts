import { inTenantSql } from "@creneau/db/in-tenant";
import { dateFormat } from "@creneau/domain/time/date-format";
import { waitlistTokenOf } from "../booking/link-tokens.ts";
import type { JobServices } from "../jobs/define-job.ts";
import { deliverMessage } from "../messages/deliver-message.ts";
import { formatWhen, type MailLocale, mailLocale } from "../messages/format-when.ts";
import { renderMail } from "../messages/render-mail.ts";
import { sayGreeting, sayText } from "../messages/say-text.ts";
import { scopeOfJob } from "../tenant-doors.ts";
import { type EntryRow, findEntry } from "./queries.ts";

/** Ids of what is to be told: an offer, or without one that somebody is on the list. */
export interface TellData {
  organizationId: string;
  entryId: string;
  appointmentId?: string | undefined;
}

/**
 * Writes to somebody who waits, if what is to be told is still so: an offer that has lapsed or was answered is not
 * announced.
 */
export async function tellWaiting(data: TellData, services: JobServices): Promise<void> {
  const { database, now, appUrl, linkSecret } = services;
  const scope = scopeOfJob(data);
  const row = await inTenantSql(database, scope, (tx) => findEntry(tx, { id: data.entryId, now: now() }));
  if (!row) return;
  const isOffer = data.appointmentId !== undefined;
  if (isOffer ? row.state !== "offered" || row.offered_id !== data.appointmentId : row.state === "ended")
    return;
  const locale = mailLocale(row.locale);
  const url = `${appUrl.replace(/\/$/, "")}/${locale}/waitlist/${waitlistTokenOf(linkSecret, row.id)}`;
  await deliverMessage(
    {
      scope,
      message: {
        key: isOffer ? `waitlist:offer:${data.appointmentId}` : `waitlist:joined:${row.id}`,
        template: isOffer ? "waitlist_offered" : "waitlist_joined",
        recipient: { channel: "email", address: row.email, locale, timezone: row.timezone },
      },
      render: () => (isOffer ? offerMail(row, locale, url) : joinedMail(row, locale, url)),
    },
    services,
  );
}

function joinedMail(row: EntryRow, locale: MailLocale, url: string) {
  const day = (date: string) =>
    dateFormat(locale, {
      dateStyle: "long",
      timeZone: "UTC",
    }).format(new Date(`${date}T00:00:00Z`));
  const days = sayText(locale, "waitlist.days", { from: day(row.from_date), to: day(row.to_date) });
  return {
    subject: sayText(locale, "waitlist.subject.joined", { service: row.service_name }),
    ...renderMail({
      ...frameOf(row, locale, "joined"),
      rows: [
        ...placeRows(row, locale, row.provider_name ?? sayText(locale, "waitlist.anyone")),
        { label: sayText(locale, "waitlist.labels.days"), value: days },
      ],
      action: { label: sayText(locale, "waitlist.action.joined"), url },
    }),
  };
}

function offerMail(row: EntryRow, locale: MailLocale, url: string) {
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
    subject: sayText(locale, "waitlist.subject.offered", { when }),
    ...renderMail({
      ...frameOf(row, locale, "offered"),
      rows: [
        { label: sayText(locale, "waitlist.labels.when"), value: when },
        ...placeRows(row, locale, row.offered_provider ?? ""),
        { label: sayText(locale, "waitlist.labels.until"), value: until },
      ],
      action: { label: sayText(locale, "waitlist.action.offered"), url },
    }),
  };
}

function frameOf(row: EntryRow, locale: MailLocale, kind: "joined" | "offered") {
  return {
    locale,
    sender: row.organization_name,
    paragraphs: [sayGreeting(locale, row.name), sayText(locale, `waitlist.opening.${kind}`)],
    closing: sayText(locale, `waitlist.closing.${kind}`),
  };
}

function placeRows(row: EntryRow, locale: MailLocale, providerName: string) {
  const town = [row.postal_code, row.city].filter(Boolean).join(" ");
  const place = [row.site_name, row.address, town].filter(Boolean).join(", ");
  return [
    { label: sayText(locale, "waitlist.labels.service"), value: row.service_name },
    { label: sayText(locale, "waitlist.labels.with"), value: providerName },
    { label: sayText(locale, "waitlist.labels.where"), value: place },
  ];
}
