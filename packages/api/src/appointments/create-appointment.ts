import { createHash } from "node:crypto";
import { inTenantSql, type TenantSql, tenantCall } from "@creneau/db/in-tenant";
import { decideCreate } from "@creneau/domain/appointments/decide-create";
import type { DecisionReason } from "@creneau/domain/appointments/decision";
import type { PlacementWrite } from "@creneau/domain/appointments/placement";
import { undoUntil } from "@creneau/domain/appointments/undo-window";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import { formatInstant } from "@creneau/domain/time/iso-instant";
import type { z } from "zod";
import { type Actor, sitesOf, userIdOf } from "../actor.ts";
import { clientColumns } from "../directory/client-columns.ts";
import { subjectAttributes } from "../directory/subject-attributes.ts";
import { subjectColumns } from "../directory/subject-columns.ts";
import { AppError, notFound } from "../errors.ts";
import { newId } from "../new-id.ts";
import { regionOfPlace } from "../phones/find-region.ts";
import type { PlacementRow } from "../placement/placement-row.ts";
import { pricePlacement } from "../placement/price-placement.ts";
import {
  factsArguments,
  type Placement,
  type PlacementQuestion,
  placementOf,
  sharePlacementFacts,
} from "../placement/read-placement.ts";
import { changeTrace } from "../record-change.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type AppointmentJson, rowFromJson, toAppointmentView } from "./appointment-row.ts";
import { attendeeColumns } from "./attendee-columns.ts";
import { countDay } from "./count-day.ts";
import { ofAppointment } from "./events.ts";
import { slotTaken } from "./explain-conflict.ts";
import { placementPermission } from "./placement-permission.ts";
import { mayActOn } from "./policy.ts";
import { reasonView, refusalError } from "./refusal.ts";
import type { AppointmentView, createInput } from "./schema.ts";

type CreateInput = z.output<typeof createInput>;

export interface Created {
  appointment: AppointmentView;
  warnings: { code: string }[];
}

interface CreateAnswer {
  outcome:
    | "placed"
    | "taken"
    | "stale"
    | "repeated"
    | "idempotency_conflict"
    | "client_unknown"
    | "subject_unknown";
  row?: AppointmentJson;
}

/** More tries than a day fills up and empties between a decision and its write. */
const attempts = 4;

interface CreationFacts {
  facts?: PlacementRow;
  /** What the same key has made before. */
  earlier?: { hash: string; row: AppointmentJson };
}

/**
 * Creates an appointment for staff in two trips: decides on facts just read, then lets the constraint decide.
 *
 * The same idempotency key with the same request answers the appointment it made; with another request,
 * `idempotency_conflict`. Errors: `slot_taken` (with reasons and the nearest free starts), `outside_availability`,
 * `forbidden`, `not_found`, `invalid_input`.
 */
export async function createAppointment(work: TenantWork, input: CreateInput): Promise<Created> {
  for (let attempt = 1; ; attempt++) {
    const created = await decideAndPlace(work, input, attempt === attempts);
    if (created) return created;
  }
}

/** Null when the day has filled up between the decision and the write: it is decided anew, and refused with the reason. */
async function decideAndPlace(
  work: TenantWork,
  input: CreateInput,
  isLast: boolean,
): Promise<Created | null> {
  const { database, scope, actor } = work;
  const startsAt = Date.parse(input.startsAt) as Instant;
  const now = work.now;
  const idempotencyHash = input.idempotencyKey ? requestHash(input) : null;
  const question = questionOf(input, startsAt, now);
  const read = await creationFacts(work, question, input.idempotencyKey);
  if (read.earlier) {
    if (read.earlier.hash !== idempotencyHash) throw keyConflict();
    return { appointment: toAppointmentView(rowFromJson(read.earlier.row)), warnings: [] };
  }
  const placement = await priced(work, input, placementOf(read.facts, question));
  const target = { providerId: input.providerId, siteId: placement.site.id };
  if (!mayActOn(actor, "create", target))
    throw new AppError("forbidden", "Your role cannot book for this provider");
  const decision = decideCreate({
    request: { ...input, startsAt, endsAt: input.endsAt ? (Date.parse(input.endsAt) as Instant) : null },
    facts: placement.facts,
    permission: placementPermission(actor, placement, input.force),
  });
  const lost = {
    database,
    scope,
    providerId: input.providerId,
    siteId: placement.site.id,
    serviceId: input.serviceId ?? null,
    roomId: input.roomId ?? null,
    startsAt,
    endsAt: endOf(input, startsAt, placement.facts.rules.durationMinutes),
    now,
  };
  if (!decision.ok)
    throw decision.code === "slot_taken" ? await slotTaken(lost, placement) : refusalError(decision);
  const { write, warnings } = decision;
  const request = writeRequest(work, { input, placement, write, warnings, now, idempotencyHash });
  const answer = await tenantCall<CreateAnswer>(database, scope, "create_appointment", [
    JSON.stringify(request),
    new Date(now),
  ]);
  if (answer.outcome === "client_unknown") throw notFound("client");
  if (answer.outcome === "subject_unknown") throw notFound("subject");
  if (answer.outcome === "idempotency_conflict") throw keyConflict();
  if (answer.outcome === "stale" && !isLast) return null;
  if (!answer.row) throw await slotTaken({ ...lost, roomId: write.roomId });
  const appointment = toAppointmentView(rowFromJson(answer.row));
  if (answer.outcome === "repeated") return { appointment, warnings: [] };
  database.doorbell.ring();
  const doubles = await inTenantSql(database, scope, (tx) => findDoubles(tx, appointment));
  return { appointment, warnings: [...warnings.map(reasonView), ...doubles] };
}

/** Other live appointments of the same client at the same time: no rule forbids them, and mostly nobody means them. */
async function findDoubles(
  tx: TenantSql,
  { id, clientId, startsAt, endsAt }: AppointmentView,
): Promise<{ code: "client_busy"; startsAt: string; endsAt: string; providerName: string }[]> {
  if (clientId === null) return [];
  const rows = await tx.query<{ starts_at: Date; ends_at: Date; provider_name: string }>(
    `SELECT a.starts_at, a.ends_at, p.name AS provider_name FROM appointment a
     JOIN provider p ON p.organization_id = a.organization_id AND p.id = a.provider_id
     WHERE a.organization_id = $1::uuid AND a.client_id = $2::uuid AND a.id <> $3::uuid
       AND a.starts_at < $5::timestamptz AND a.starts_at > $4::timestamptz - interval '48 hours' AND a.ends_at > $4::timestamptz
       AND a.status IN ('pending', 'confirmed', 'in_progress')
     ORDER BY a.starts_at LIMIT 5`,
    [tx.scope.organizationId, clientId, id, startsAt, endsAt],
    "doubles_of_client",
  );
  return rows.map((row) => ({
    code: "client_busy",
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    providerName: row.provider_name,
  }));
}

/** One read for everybody who asks the same at once; whoever brings a key asks for what it has made, too. */
function creationFacts(
  { database, scope }: TenantWork,
  question: PlacementQuestion,
  idempotencyKey: string | undefined,
): Promise<CreationFacts> {
  const values = factsArguments(question);
  if (idempotencyKey) {
    return tenantCall(database, scope, "creation_facts", [...values, idempotencyKey]);
  }
  return sharePlacementFacts(database, scope, values).then((facts) => ({ facts }));
}

/** For the subject, when the service has a matrix and somebody said what the subject is. */
async function priced(
  { database, scope, actor }: TenantWork,
  input: CreateInput,
  placement: Placement,
): Promise<Placement> {
  const hasMatrix = (placement.service?.overrides.length ?? 0) > 0;
  if (!hasMatrix || !(input.subjectId || input.subject)) return placement;
  const attributes = await inTenantSql(database, scope, (tx) => subjectAttributes(tx, input, sitesOf(actor)));
  return pricePlacement(placement, attributes);
}

function questionOf(input: CreateInput, startsAt: Instant, now: Instant): PlacementQuestion {
  return {
    providerId: input.providerId,
    siteId: input.siteId,
    serviceId: input.serviceId,
    durationMinutes: placementMinutes(input),
    from: startsAt,
    to: (startsAt + DAY_MS) as Instant,
    now,
  };
}

interface WriteQuestion {
  input: CreateInput;
  placement: Placement;
  write: PlacementWrite;
  warnings: readonly DecisionReason[];
  now: Instant;
  idempotencyHash: string | null;
}

/** What `create_appointment` writes: the row, whom it is for, and what it leaves behind. */
function writeRequest(work: TenantWork, question: WriteQuestion) {
  const { input, placement, write, warnings, now, idempotencyHash } = question;
  const { site, service, organization } = placement;
  const id = newId(now);
  const startsAt = new Date(write.startsAt);
  const endsAt = new Date(write.endsAt);
  // A creation is cancelled rather than taken back, and whoever is told of it is told after as long a while.
  const settlesAt = formatInstant(undoUntil(now, organization.undoSeconds));
  const client = input.clientId ? undefined : input.client;
  const subject = input.subjectId ? undefined : input.subject;
  const day = input.force ? null : countDay(placement.facts, write.startsAt);
  const columns = {
    id,
    site_id: site.id,
    provider_id: write.providerId,
    room_id: write.roomId,
    service_id: input.serviceId ?? null,
    client_id: input.clientId ?? null,
    subject_id: input.subjectId ?? null,
    title: input.title ?? "",
    description: input.description || null,
    starts_at: startsAt,
    ends_at: endsAt,
    busy_from: new Date(write.busyFrom),
    busy_to: new Date(write.busyTo),
    lane: write.lane,
    status: "confirmed",
    source: sourceOf(work.actor),
    location_kind: input.locationKind ?? service?.locationKind ?? "in_person",
    location_detail: input.locationDetail || null,
    price_cents: service?.priceCents ?? null,
    idempotency_key: input.idempotencyKey ?? null,
    idempotency_hash: idempotencyHash,
    created_by_id: userIdOf(work.actor),
  };
  const region = regionOfPlace(placement.site);
  const brings = [...(client ? ["client" as const] : []), ...(subject ? ["subject" as const] : [])];
  return {
    columns,
    sites: sitesOf(work.actor),
    ...(client && { client: clientColumns(client, { region }) }),
    ...(subject && { subject: subjectColumns(subject) }),
    ...(day && { day }),
    attendees: attendeeColumns(input.attendees, { region }),
    record: changeTrace(work, {
      type: "appointment.created",
      ...ofAppointment(
        { ...columns, version: 1 },
        { notify: input.notify, settlesAt, ...(brings.length > 0 && { brings }) },
      ),
      diff: {
        startsAt,
        endsAt,
        providerId: write.providerId,
        ...(input.force && { forced: warnings.map(reasonView) }),
      },
    }),
  };
}

function sourceOf(actor: Actor): AppointmentView["source"] {
  if (actor.kind === "api_key") return "api";
  return actor.kind === "user" && actor.role === "operator" ? "operator" : "backoffice";
}

function keyConflict(): AppError {
  return new AppError("idempotency_conflict", "This idempotency key was used for another request");
}

function placementMinutes(input: CreateInput): number | undefined {
  return input.endsAt ? (Date.parse(input.endsAt) - Date.parse(input.startsAt)) / 60_000 : undefined;
}

function endOf(input: CreateInput, startsAt: Instant, durationMinutes: number): Instant {
  return (input.endsAt ? Date.parse(input.endsAt) : startsAt + durationMinutes * 60_000) as Instant;
}

/** Of the request as validated, so that the order of its fields does not matter. */
function requestHash(input: CreateInput): string {
  const { idempotencyKey: _key, ...request } = input;
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}
