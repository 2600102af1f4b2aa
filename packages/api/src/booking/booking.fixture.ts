import { type Database, openDatabase } from "@creneau/db/database";
import { EventLog } from "@creneau/db/events/event-log";
import { inTenant } from "@creneau/db/in-tenant";
import {
  createMembership,
  createOrganization,
  createProvider,
  createService,
  createSite,
  createUser,
  type TestOrganization,
  unique,
} from "@creneau/db/testing/factories";
import { createTestDatabase } from "@creneau/db/testing/test-database";
import { Client } from "pg";
import { watchAnswers } from "../answers.fixture.ts";
import type { Context } from "../context.ts";
import type { AppError } from "../errors.ts";
import { assertCataloguedEvents } from "../event-log.fixture.ts";
import { appRouter } from "../root.ts";
import type { Services } from "../services.ts";
import { createCallerFactory } from "../trpc.ts";

export const linkSecret = "a secret that only tests know, and long enough";
watchAnswers();
const createCaller = createCallerFactory(appRouter);

/** A visitor's view of the API. */
export type Visitor = ReturnType<typeof createCaller>["booking"];

/** A process's worth of services on a database, with a clock that can be moved. */
export interface Process {
  database: Database;
  events: EventLog;
  services: Services;
  /** Moves this process's clock, milliseconds. */
  pass(ms: number): void;
  visit(options?: Partial<Context>, signal?: AbortSignal): Visitor;
  close(): Promise<void>;
}

/** Opens another process on the same database. */
export async function openProcess(url: string, options: Partial<Services> = {}): Promise<Process> {
  const database = openDatabase({ url, poolSize: 8 });
  const events = new EventLog(database);
  await events.start();
  let shift = 0;
  const services: Services = {
    database,
    events,
    now: () => Date.now() + shift,
    publicConfig: { demo: false, signInProviders: [], appUrl: "https://creneau.example" },
    rateLimit: async () => undefined,
    forgetSession: () => undefined,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    linkSecret,
    ...options,
  };
  return {
    database,
    events,
    services,
    pass(ms) {
      shift += ms;
    },
    visit: (extra = {}, signal) =>
      createCaller(
        { ...services, session: null, requestId: "test", address: "192.0.2.1", ...extra },
        signal ? { signal } : {},
      ).booking,
    async close() {
      await events.stop();
      await database.close();
    },
  };
}

/** A database with one process. */
export async function startBooking(options: Partial<Services> = {}) {
  const test = await createTestDatabase();
  const process = await openProcess(test.url, options);
  const owner = new Client({ connectionString: test.adminUrl });
  owner.on("error", () => undefined);
  await owner.connect();
  const run = async <Row>(statement: string, values: unknown[] = []) =>
    (await owner.query(statement, values)).rows as Row[];
  return {
    ...process,
    url: test.url,
    /** Runs one statement as the owner, behind row-level security. */
    run,
    async close() {
      await owner.end();
      await process.close();
      await assertCataloguedEvents(test.adminUrl).finally(() => test.drop());
    },
  };
}

/** An organization with a public provider who works around the clock and one service of half an hour. */
export async function createPractice(
  database: Database,
  {
    timezone = "Europe/Paris",
    providers = 1,
    service = {},
  }: {
    timezone?: string;
    providers?: number;
    service?: Partial<Parameters<typeof createService>[2]>;
  } = {},
) {
  const organization: TestOrganization = await createOrganization(database, { timezone });
  const site = await createSite(database, organization, { timezone });
  const team = [];
  for (let index = 0; index < providers; index++) {
    const username = unique("doctor");
    const user = await createUser(database, { username, name: `Dr ${username}` });
    const provider = await createProvider(database, organization, {
      siteId: site.id,
      userId: user.id,
      name: `Dr ${username}`,
    });
    team.push({ id: provider.id, username, userId: user.id });
  }
  const offered = await createService(database, organization, {
    durationMinutes: 30,
    providerIds: team.map(({ id }) => id),
    ...service,
  });
  const first = team[0] as (typeof team)[number];
  return {
    organization,
    site,
    team,
    provider: first,
    username: first.username,
    serviceSlug: offered.slug,
    serviceId: offered.id,
  };
}

/** An event of the first provider's own calendar elsewhere, as its mirror keeps it. */
export async function mirrorEvent(
  database: Database,
  { organization, provider }: Awaited<ReturnType<typeof createPractice>>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await createMembership(database, organization, { userId: provider.userId, role: "provider" });
  await inTenant(database, organization.scope, async ({ db }) => {
    const organizationId = organization.id;
    const connection = await db.calendarConnection.create({
      data: { organizationId, userId: provider.userId, kind: "google", accountEmail: "x@example.test" },
    });
    const calendar = await db.connectedCalendar.create({
      data: { organizationId, connectionId: connection.id, remoteId: "a", name: "a" },
    });
    await db.externalEvent.create({
      data: {
        organizationId,
        connectionId: connection.id,
        calendarId: calendar.id,
        userId: provider.userId,
        remoteId: "e",
        busyFrom: new Date(from),
        busyTo: new Date(to),
      },
    });
  });
}

/** A date some days from now, `YYYY-MM-DD` in UTC. */
export function dateIn(days: number, from = Date.now()): string {
  return new Date(from + days * 86_400_000).toISOString().slice(0, 10);
}

/** Noon UTC some days from now. */
export function noonIn(days: number, minutes = 0): string {
  return new Date(Date.parse(`${dateIn(days)}T12:00:00Z`) + minutes * 60_000).toISOString();
}

/** What a call was refused with; fails when it was not. */
export async function refusal(call: Promise<unknown>) {
  const error = (await call.then(
    (value) => {
      throw new Error(`Expected a refusal, got ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  )) as { cause?: AppError; message: string };
  return { code: error.cause?.code, message: error.message, details: error.cause?.details };
}
