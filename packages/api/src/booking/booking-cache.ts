import type { Database } from "@creneau/db/database";
import type { EventLog, LoggedEvent } from "@creneau/db/events/event-log";
import { DAY_MS, HOUR_MS, type Instant } from "@creneau/domain/time/instant";
import { agendasOf, isAppointmentEvent, knownEvent } from "../event-catalogue.ts";
import type { Services } from "../services.ts";
import { BoundedMemory } from "./bounded-memory.ts";
import { type BusyRow, type BusyUnit, busyUnit } from "./busy-unit.ts";
import { ChangeClock } from "./change-clock.ts";
import { agendaKey, factsKey, namesKey, setupKeys, siteKey } from "./change-keys.ts";
import type { NameRow, SetupRow } from "./queries.ts";
import { type SiteSetup, siteSetup } from "./site-setup.ts";

/** What a public name stands for; without a provider, the organization's own page. */
export type PublicName = NameRow & { readFrom: number };

/** What occupies the time at a site, of the providers asked for. */
export interface SiteBusy {
  providers: ReadonlyMap<string, BusyUnit>;
  rooms: ReadonlyMap<string, BusyUnit>;
  site: BusyUnit | undefined;
}

/** When appointments were given to providers, by provider. */
export type Assignments = ReadonlyMap<string, readonly Instant[]>;

interface BusyQuestion {
  organizationId: string;
  setup: SiteSetup;
  providerIds: string[];
  /** Busy time must be known up to here. */
  to: number;
  now: number;
  /** Read no further than `to`: of many sites at once, each of them perhaps for this one question. */
  isPassing?: boolean;
  /** Busy time that appointments have outdated will do: the constraint has the last word on it anyway. */
  mayLag?: boolean;
}

/** Busy time is read so far ahead at first; further only when somebody looks there. */
const readAheadMs = 70 * DAY_MS;
const furthestMs = 740 * DAY_MS;
/** Intervals kept: some 80 octets each, so 120 MB at most. All of a network's next days, or a tenth of its next weeks. */
const mostIntervals = 1_500_000;

/**
 * What this process knows about public pages, without a lifetime: an entry counts until something it was read from
 * changes. Every change is an event of the log, written in its transaction, and the process's reader hands over each
 * one.
 *
 * Between a commit and its event an answer may be old by the reader's lag. That cannot book wrongly: overlaps meet the
 * exclusion constraint, and everything else (hours, leave, services, external calendars) is compared by version inside
 * the booking's own transaction (`booking_versions_hold`). The worst is a `slot_taken`, or a reload and a second try.
 */
export class BookingCache extends ChangeClock {
  readonly #database: Database;
  readonly #names = new BoundedMemory<PublicName>();
  readonly #setups = new BoundedMemory<SiteSetup>();
  readonly #busy = new BoundedMemory<BusyUnit>({
    weigh: ({ busy, counts }) => busy.length + counts.length + 10,
    budget: mostIntervals,
  });
  readonly #assigned = new BoundedMemory<{ times: Instant[]; readFrom: number }>();
  readonly #providersOfUser = new Map<string, Set<string>>();

  constructor(database: Database, events?: EventLog) {
    super();
    this.#database = database;
    events?.subscribeToAll((event) => this.#onEvent(event));
    events?.onBreak(() => this.#forgetAll());
  }

  /** Names are looked up each time they are unknown: remembering strangers' guesses would let them fill the memory. */
  async name(publicName: string): Promise<PublicName | null> {
    const known = this.#names.get(publicName);
    if (known && this.isCurrent([namesKey(known.organizationId)], known.readFrom)) return known;
    const readFrom = this.tick();
    const { rows } = await this.#database.pool.query<{ name: NameRow | null }>({
      name: "booking_name",
      text: "SELECT booking_name($1::text) AS name",
      values: [publicName],
    });
    const found = rows[0]?.name;
    if (!found) return null;
    const name = { ...found, readFrom };
    this.#names.set(publicName, name);
    return name;
  }

  /** Setups of several sites, those not known read in one trip. Sites that do not exist are left out. */
  async setups(organizationId: string, siteIds: string[], now: number): Promise<SiteSetup[]> {
    const asked = this.tick();
    const isGood = (id: string) => {
      const known = this.#setups.get(id);
      return known && (known.readFrom >= asked || this.isCurrent(setupKeys(known), known.readFrom))
        ? known
        : undefined;
    };
    const missing = siteIds.filter((id) => !isGood(id));
    if (missing.length > 0) {
      await this.once(`setup ${missing.join()}`, asked, async (readFrom) => {
        const { rows } = await this.#database.pool.query<{ site_id: string; setup: SetupRow }>({
          name: "booking_setup",
          text: "SELECT site_id, setup FROM booking_setup($1::uuid, $2::uuid[], $3::timestamptz)",
          values: [organizationId, missing, new Date(now)],
        });
        const readTo = this.tick();
        for (const id of missing) this.#setups.delete(id);
        for (const { site_id, setup } of rows)
          this.#keepSetup(site_id, siteSetup(setup, { readFrom, readTo }));
      });
    }
    return siteIds.flatMap((id) => this.#setups.get(id) ?? []);
  }

  /** Asks the database whether a setup is as it was read; if not, it is outdated here and now, before its event comes. */
  async verify(organizationId: string, setup: SiteSetup): Promise<void> {
    const { rows } = await this.#database.pool.query<{ current: boolean }>({
      name: "booking_is_current",
      text: "SELECT booking_is_current($1::uuid, $2::uuid[], $3::bigint) AS current",
      values: [organizationId, setup.versionKeys, setup.versionTotal],
    });
    if (!rows[0]?.current) this.outdate(...setupKeys(setup));
  }

  /**
   * When each appointment booked online in the last 30 days was given to each of the providers. Outdated for whoever
   * got one since, not by the days that pass: a fair choice is about hundreds, not about the thirty-first day.
   */
  async assigned(organizationId: string, providerIds: string[], now: number): Promise<Assignments> {
    const asked = this.tick();
    const missing = providerIds.filter((id) => {
      const known = this.#assigned.get(id);
      return !known || !(known.readFrom >= asked || this.isCurrent([agendaKey(id)], known.readFrom));
    });
    if (missing.length > 0) {
      await this.once(`assigned ${missing.join()}`, asked, async (readFrom) => {
        const { rows } = await this.#database.pool.query<{ provider_id: string; times: Instant[] }>({
          name: "booking_assigned",
          text: "SELECT provider_id, times FROM booking_assigned($1::uuid, $2::uuid[], $3::timestamptz)",
          values: [organizationId, missing, new Date(now)],
        });
        const found = new Map(rows.map(({ provider_id, times }) => [provider_id, times]));
        for (const id of missing) this.#assigned.set(id, { times: found.get(id) ?? [], readFrom });
      });
    }
    return new Map(providerIds.map((id) => [id, this.#assigned.get(id)?.times ?? []]));
  }

  /** Busy time at one site; what is not known, or outdated, is read in one trip. */
  async busy(question: BusyQuestion): Promise<SiteBusy> {
    const [busy] = await this.busyOfSites([question]);
    return busy as SiteBusy;
  }

  /** The same for several sites of one organization, in one trip. */
  async busyOfSites(questions: BusyQuestion[]): Promise<SiteBusy[]> {
    const asked = this.tick();
    const isGood = ({ setup, to, mayLag }: BusyQuestion, key: string, changeKeys: string[]) => {
      const unit = this.#busy.get(key);
      if (!unit || unit.to < to || unit.readFrom < Math.max(this.floor, setup.readTo)) return false;
      return mayLag || unit.readFrom >= asked || this.isCurrent(changeKeys, unit.readFrom);
    };
    const providers = new Set<string>();
    const sites = new Set<string>();
    for (const question of questions) {
      const { setup } = question;
      for (const id of question.providerIds) {
        if (!isGood(question, `p:${id}`, [agendaKey(id)])) providers.add(id);
      }
      const siteUnits = [
        ...setup.rooms.map((id) => `r:${id}`),
        ...(setup.site.dailyCapacity === null ? [] : [`s:${setup.site.id}`]),
      ];
      if (siteUnits.some((key) => !isGood(question, key, [siteKey(setup.site.id)]))) sites.add(setup.site.id);
    }
    const first = questions[0];
    if (first && providers.size + sites.size > 0) {
      const known = Math.max(...questions.map(({ to }) => to));
      const ahead = first.isPassing ? known : Math.max(first.now + readAheadMs, known + 2 * DAY_MS);
      // Whole hours: those who ask at the same time share one read.
      const to = Math.ceil(Math.min(first.now + furthestMs, ahead) / HOUR_MS) * HOUR_MS;
      await this.once(`busy ${[...providers].join()} ${[...sites].join()} ${to}`, asked, async (readFrom) => {
        const asking = performance.now();
        const { rows } = await this.#database.pool.query<BusyRow>({
          name: "booking_busy",
          text: `SELECT kind, key, times, external, counts, epoch_ms(now()) AS read_at
                 FROM booking_busy($1::uuid, $2::uuid[], $3::uuid[], $4::timestamptz, $5::timestamptz)`,
          values: [first.organizationId, [...providers], [...sites], new Date(to), new Date(first.now)],
        });
        const now = first.now + performance.now() - asking;
        for (const row of rows) {
          this.#busy.set(
            `${row.kind.charAt(0)}:${row.key}`,
            busyUnit(row, { to: Math.max(to, known), readFrom, now }),
          );
        }
      });
    }
    return questions.map(({ setup, providerIds }) => ({
      providers: this.#unitsOf("p", providerIds),
      rooms: this.#unitsOf("r", setup.rooms),
      site: this.#busy.get(`s:${setup.site.id}`),
    }));
  }

  #unitsOf(kind: string, ids: string[]): Map<string, BusyUnit> {
    return new Map(
      ids.flatMap((id) => {
        const unit = this.#busy.get(`${kind}:${id}`);
        return unit ? [[id, unit] as const] : [];
      }),
    );
  }

  #keepSetup(siteId: string, setup: SiteSetup): void {
    for (const { id, userId } of setup.providers) {
      if (!userId) continue;
      const known = this.#providersOfUser.get(userId) ?? new Set();
      this.#providersOfUser.set(userId, known.add(id));
    }
    this.#setups.set(siteId, setup);
  }

  /** The database has gone back in time, or is another: its versions say nothing about what was read before. */
  #forgetAll(): void {
    this.#names.clear();
    this.#setups.clear();
    this.#busy.clear();
    this.#assigned.clear();
    this.#providersOfUser.clear();
    this.outdateAll();
  }

  #onEvent(logged: LoggedEvent): void {
    const event = knownEvent(logged);
    if (!event) return;
    const { entityId, organizationId } = event;
    if (event.type === "booking.facts_changed") {
      const providers = [...(this.#providersOfUser.get(entityId) ?? [])];
      // Mirrored events are not in any constraint: they may not lag.
      for (const id of providers) this.#busy.delete(`p:${id}`);
      this.outdate(
        factsKey(entityId),
        namesKey(organizationId),
        agendaKey(entityId),
        siteKey(entityId),
        ...providers.map(agendaKey),
      );
    } else if (isAppointmentEvent(event)) {
      const [, left] = agendasOf(event.payload);
      const keys = [...agendasOf(event.payload).map(agendaKey), siteKey(event.payload.siteId)];
      // The site it left is not named: every one where the provider it left is known to work.
      if (left) {
        for (const { site, providers } of this.#setups.values()) {
          if (providers.some(({ id }) => id === left)) keys.push(siteKey(site.id));
        }
      }
      this.outdate(...keys);
    }
  }
}

const caches = new WeakMap<EventLog, BookingCache>();

/** The process's cache: one for each reader of the log, which keeps it current. */
export function bookingCache({ events, database }: Pick<Services, "events" | "database">): BookingCache {
  let cache = caches.get(events);
  if (!cache) {
    cache = new BookingCache(database, events);
    caches.set(events, cache);
  }
  return cache;
}
