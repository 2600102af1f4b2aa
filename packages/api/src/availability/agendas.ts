import type { TenantSql } from "@creneau/db/in-tenant";
import type { BusyInterval, RoomBusy } from "@creneau/domain/availability/busy-time";
import type { Schedule } from "@creneau/domain/availability/open-time";
import type {
  AvailabilityException,
  OpeningHours,
  WeeklyRule,
} from "@creneau/domain/availability/opening-hours";
import type { SlotFacts } from "@creneau/domain/availability/slot-facts";
import { offerFor, type SubjectAttributes } from "@creneau/domain/pricing/price-matrix";
import { DAY_MS, type Instant } from "@creneau/domain/time/instant";
import type { LocalDate } from "@creneau/domain/time/local-date";
import { zone } from "@creneau/domain/time/zone";
import { type AgendasRow, agendasStatement } from "./agendas-row.ts";

/** Which agendas to look at. Null does not restrict; busy time outside `[from, to)` is not loaded. */
export interface AgendasQuestion {
  providerIds: string[] | null;
  siteIds: string[] | null;
  /** Only providers who offer it; its rules apply to the facts. */
  serviceId?: string | null;
  /** Of what it is booked for: the service's matrix may give it another duration. */
  attributes?: SubjectAttributes;
  from: Instant;
  to: Instant;
  now: Instant;
  /** Leaves appointments, rooms and daily counts out, for who asks only about open time. */
  withoutBusy?: boolean;
  /** Most agendas to load; beyond it those soonest free are preferred. */
  limit?: number;
}

/** One provider at one site. */
export interface Agenda {
  providerId: string;
  siteId: string;
  userId: string | null;
  schedule: Schedule;
  /** Absences and closures within the range, of the provider and of the site. */
  timeOff: (AgendasRow["timeOff"][number] & { scope: "provider" | "site" })[];
  external: AgendasRow["external"];
  /** Null without a service. */
  facts: SlotFacts | null;
}

export interface Agendas {
  /** False when the service asked about does not exist or is archived. */
  isServiceKnown: boolean;
  agendas: Agenda[];
  rooms: { roomId: string; timeOff: AgendasRow["timeOff"] }[];
}

const defaultLimit = 600;

/** Loads open time, absences, and busy time of many providers in one trip. */
export async function loadAgendas(tx: TenantSql, question: AgendasQuestion): Promise<Agendas> {
  const rows = await tx.query<{ facts: AgendasRow }>(
    agendasStatement,
    [
      tx.scope.organizationId,
      question.providerIds,
      question.siteIds,
      question.serviceId ?? null,
      new Date(question.from - DAY_MS),
      new Date(question.to + DAY_MS),
      question.withoutBusy !== true,
      question.limit ?? defaultLimit,
    ],
    "agendas",
  );
  const found = rows[0]?.facts;
  if (!found) throw new Error("The agendas statement answered nothing");
  const { service } = found;
  const row = {
    ...found,
    service: service && { ...service, ...offerFor(service, question.attributes ?? {}) },
  };
  const index = indexRow(row);
  const roomTimeOff = Object.entries(
    Object.groupBy(
      row.timeOff.filter(({ roomId }) => roomId !== null),
      ({ roomId }) => roomId ?? "",
    ),
  );
  return {
    isServiceKnown: !question.serviceId || row.service !== null,
    agendas: row.agendas.map((agenda) => toAgenda(row, index, agenda, question.now)),
    rooms: roomTimeOff.map(([roomId, timeOff = []]) => ({ roomId, timeOff })),
  };
}

type Index = ReturnType<typeof indexRow>;

/** By what each agenda looks its rows up, so that many agendas stay linear. */
function indexRow(row: AgendasRow) {
  const siteTimeOff = row.timeOff.filter(({ siteId }) => siteId !== null);
  return {
    zones: new Map(row.sites.map(({ id, timezone }) => [id, zone(timezone)])),
    rules: Map.groupBy(row.rules, ({ siteId, providerId }) => `${siteId} ${providerId}`),
    siteExceptions: Map.groupBy(
      row.exceptions.filter(({ providerId }) => providerId === null),
      ({ siteId }) => siteId,
    ),
    ownExceptions: Map.groupBy(row.exceptions, ({ providerId }) => providerId),
    siteTimeOff: Map.groupBy(siteTimeOff, ({ siteId }) => siteId),
    ownTimeOff: Map.groupBy(row.timeOff, ({ providerId }) => providerId),
    external: Map.groupBy(row.external, ({ userId }) => userId as string | null),
    busy: new Map(row.busy.map(({ providerId, spans }) => [providerId, unpackSpans(spans)])),
    rooms: Map.groupBy(row.rooms, ({ siteId }) => siteId),
    roomTimeOff: Map.groupBy(row.timeOff, ({ roomId }) => roomId),
    counts: Map.groupBy(row.counts, ({ providerId, siteId }) => `${siteId} ${providerId}`),
  };
}

function toAgenda(
  row: AgendasRow,
  index: Index,
  agenda: AgendasRow["agendas"][number],
  now: Instant,
): Agenda {
  const { providerId, siteId, userId } = agenda;
  const siteZone = index.zones.get(siteId);
  if (!siteZone) throw new Error("An agenda without its site");
  const timeOff = [
    ...(index.ownTimeOff.get(providerId) ?? []).map((each) => ({ ...each, scope: "provider" as const })),
    ...(index.siteTimeOff.get(siteId) ?? []).map((each) => ({ ...each, scope: "site" as const })),
  ];
  const ownExceptions = (index.ownExceptions.get(providerId) ?? []).filter(
    (each) => each.siteId === null || each.siteId === siteId,
  );
  const schedule: Schedule = {
    zone: siteZone,
    provider: openingHours(index.rules.get(`${siteId} ${providerId}`), ownExceptions),
    site: openingHours(index.rules.get(`${siteId} null`), index.siteExceptions.get(siteId)),
    timeOff: timeOff.map(({ from, to, reason }) => ({ start: from as Instant, end: to as Instant, reason })),
  };
  const external = userId === null ? [] : (index.external.get(userId) ?? []);
  return {
    providerId,
    siteId,
    userId,
    schedule,
    timeOff,
    external,
    facts: toFacts(row, index, agenda, { schedule, external, now }),
  };
}

function toFacts(
  row: AgendasRow,
  index: Index,
  { providerId, siteId, skills, dailyLimit, isOffered }: AgendasRow["agendas"][number],
  { schedule, external, now }: { schedule: Schedule; external: AgendasRow["external"]; now: Instant },
): SlotFacts | null {
  const { service, slotMinutes } = row;
  if (!service) return null;
  const counts = index.counts.get(`${siteId} ${providerId}`) ?? [];
  return {
    now,
    schedule,
    rules: {
      slotMinutes,
      durationMinutes: service.durationMinutes,
      bufferBeforeMinutes: service.bufferBefore,
      bufferAfterMinutes: service.bufferAfter,
      minimumNoticeMinutes: service.minNoticeMinutes,
      horizonDays: service.horizonDays,
    },
    busy: [
      ...(index.busy.get(providerId) ?? []),
      ...external.map(({ id, from, to }) => ({
        start: from as Instant,
        end: to as Instant,
        id,
        kind: "external" as const,
      })),
    ],
    rooms: service.needsRoom ? roomsOf(index, siteId) : null,
    dailyLimit:
      dailyLimit === null
        ? null
        : { limit: dailyLimit, counts: new Map(counts.map(({ date, count }) => [date as LocalDate, count])) },
    offer: { isOffered, missingSkills: service.requiredSkills.filter((skill) => !skills.includes(skill)) },
  };
}

function roomsOf(index: Index, siteId: string): RoomBusy[] {
  return (index.rooms.get(siteId) ?? []).map(({ roomId, spans }) => ({
    roomId,
    busy: [
      ...unpackSpans(spans),
      ...(index.roomTimeOff.get(roomId) ?? []).map(({ from, to }) => ({
        start: from as Instant,
        end: to as Instant,
      })),
    ],
  }));
}

function openingHours(
  rules: AgendasRow["rules"] = [],
  exceptions: AgendasRow["exceptions"] = [],
): OpeningHours {
  return {
    rules: rules as unknown as WeeklyRule[],
    exceptions: exceptions as unknown as AvailabilityException[],
  };
}

function unpackSpans(spans: string): BusyInterval[] {
  if (spans === "") return [];
  const edges = spans.split(",");
  const busy: BusyInterval[] = [];
  for (let at = 0; at + 1 < edges.length; at += 2) {
    busy.push({
      start: Math.round(Number(edges[at]) * 1000) as Instant,
      end: Math.round(Number(edges[at + 1]) * 1000) as Instant,
    });
  }
  return busy;
}
