import type { Database } from "@creneau/db/database";
import { type TenantSql, tenantCall } from "@creneau/db/in-tenant";
import { shareRead } from "@creneau/db/share-read";
import type { TenantScope } from "@creneau/db/tenant-scope";
import type { PlacementFacts } from "@creneau/domain/appointments/placement";
import type { BusyInterval, RoomBusy } from "@creneau/domain/availability/busy-time";
import type { AvailabilityException, WeeklyRule } from "@creneau/domain/availability/opening-hours";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { LocalDate } from "@creneau/domain/time/local-date";
import { zone } from "@creneau/domain/time/zone";
import { notFound } from "../errors.ts";
import type { PlacementRow } from "./placement-row.ts";

/** Which agenda to look at, and from when to when (busy time outside is not loaded). */
export interface PlacementQuestion {
  providerId: string;
  /** Absent: the provider's first site. */
  siteId?: string | null;
  serviceId?: string | null;
  /** Duration where no service sets one, minutes. */
  durationMinutes?: number;
  from: Instant;
  to: Instant;
  now: Instant;
}

/** Facts of the domain, with what a use case writes beside them. */
export interface Placement {
  facts: PlacementFacts;
  organization: PlacementRow["organization"];
  provider: NonNullable<PlacementRow["provider"]>;
  site: NonNullable<PlacementRow["site"]>;
  service: PlacementRow["service"];
}

const defaultDuration = 30;

/**
 * Loads in one trip all that decides whether an appointment can be at a provider, site and time.
 *
 * @throws AppError `not_found` for a provider, site or service that is not of this organization or is archived.
 */
export async function loadPlacement(tx: TenantSql, question: PlacementQuestion): Promise<Placement> {
  const rows = await tx.query<{ facts: PlacementRow }>(
    "SELECT placement_facts($1, $2, $3, $4, $5, $6, $7) AS facts",
    [tx.scope.organizationId, ...factsArguments(question)],
    "placement_facts_within",
  );
  return placementOf(rows[0]?.facts, question);
}

/** The same outside any transaction: one round trip in all. */
export async function readPlacement(
  database: Database,
  scope: TenantScope,
  question: PlacementQuestion,
): Promise<Placement> {
  return placementOf(await sharePlacementFacts(database, scope, factsArguments(question)), question);
}

/**
 * Calls `placement_facts` once for everybody who asks the same at once; the row belongs to all. They may differ in when
 * they ask: a read that begins later knows all that mattered then.
 */
export function sharePlacementFacts(
  database: Database,
  scope: TenantScope,
  values: unknown[],
): Promise<PlacementRow> {
  const key = JSON.stringify([scope.organizationId, ...values.slice(0, -1)]);
  return shareRead(database, key, () => tenantCall<PlacementRow>(database, scope, "placement_facts", values));
}

/** Arguments of `placement_facts` after the organization. Busy time is loaded a day further than asked, both ways. */
export function factsArguments(question: PlacementQuestion): unknown[] {
  return [
    question.providerId,
    question.siteId ?? null,
    question.serviceId ?? null,
    new Date(question.from - DAY_MS),
    new Date(question.to + DAY_MS),
    new Date(question.now),
  ];
}

/** @throws AppError as `loadPlacement`. */
export function placementOf(
  row: PlacementRow | undefined,
  question: Pick<PlacementQuestion, "serviceId" | "durationMinutes" | "now">,
): Placement {
  if (!row?.provider) throw notFound("provider");
  if (!row.site) throw notFound("site");
  if (question.serviceId && !row.service) throw notFound("service");
  const { organization, provider, site, service } = row;
  return { facts: placementFacts(row, question), organization, provider, site, service };
}

function placementFacts(
  row: PlacementRow,
  question: Pick<PlacementQuestion, "durationMinutes" | "now">,
): PlacementFacts {
  const { organization, provider, site, service } = row;
  if (!provider || !site) throw notFound("provider");
  return {
    now: question.now,
    schedule: {
      zone: zone(site.timezone),
      provider: openingHours(row, (owner) => owner !== null),
      site: openingHours(row, (owner) => owner === null),
      timeOff: row.timeOff.map(({ from, to, reason }) => ({
        start: from as Instant,
        end: to as Instant,
        reason,
      })),
    },
    rules: {
      slotMinutes: organization.slotMinutes,
      durationMinutes: service?.durationMinutes ?? question.durationMinutes ?? defaultDuration,
      bufferBeforeMinutes: service?.bufferBefore ?? 0,
      bufferAfterMinutes: service?.bufferAfter ?? 0,
      minimumNoticeMinutes: service?.minNoticeMinutes ?? 0,
      horizonDays: service?.horizonDays ?? null,
    },
    busy: row.busy.map(busyInterval),
    needsRoom: service?.needsRoom ?? false,
    siteRooms: roomBusy(row),
    dailyLimit:
      provider.dailyLimit === null
        ? null
        : {
            limit: provider.dailyLimit,
            counts: new Map(row.counts.map(({ date, count }) => [date as LocalDate, count])),
          },
    offer: service && {
      isOffered: service.isOffered,
      missingSkills: service.requiredSkills.filter((skill) => !provider.skills.includes(skill)),
    },
  };
}

function openingHours(row: PlacementRow, isOwner: (providerId: string | null) => boolean) {
  const rules = row.rules.filter((rule) => isOwner(rule.providerId)) as unknown as WeeklyRule[];
  const exceptions = row.exceptions.filter((exception) =>
    isOwner(exception.providerId),
  ) as unknown as AvailabilityException[];
  return { rules, exceptions };
}

function busyInterval({ from, to, id, lane, kind }: PlacementRow["busy"][number]): BusyInterval {
  return { start: from as Instant, end: to as Instant, id, lane, kind };
}

function roomBusy(row: PlacementRow): RoomBusy[] {
  return row.rooms.map(({ id, busy }) => ({ roomId: id, busy: busy.map(busyInterval) }));
}
