import { type Database, openDatabase } from "@creneau/db/database";
import { EventLog } from "@creneau/db/events/event-log";
import { inTenantSql } from "@creneau/db/in-tenant";
import {
  createMembership,
  createOrganization,
  createProvider,
  createRoom,
  createService,
  createSite,
  createUser,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import { createTestDatabase } from "@creneau/db/testing/test-database";
import type { Role } from "../actor.ts";
import { watchAnswers } from "../answers.fixture.ts";
import { deliverPortalLink } from "../client-links/deliver-portal-link.ts";
import { testContext, testSession } from "../context.fixture.ts";
import type { Context } from "../context.ts";
import { assertCataloguedEvents } from "../event-log.fixture.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";

watchAnswers();
const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;

/** A Saturday; the Monday after it is the 23rd. */
export const now = Date.parse("2026-11-21T08:00:00Z");

/** An organization with a site, a room, a provider who works on weekdays from 9 to 17, and a service of 30 minutes. */
export interface Office {
  organization: TestOrganization;
  siteId: string;
  otherSiteId: string;
  roomId: string;
  providerId: string;
  otherProviderId: string;
  serviceId: string;
}

export interface SeatOptions {
  siteIds?: string[];
  providerId?: string | null;
  userId?: string;
  context?: Partial<Context>;
}

/** A member with the API as they see it. */
export interface OfficeMember {
  api: Caller;
  userId: string;
  email: string;
  membershipId: string;
}

export interface Offices {
  database: Database;
  /** The log's reader, for what listens to it; not started. */
  events: EventLog;
  office: Office;
  neighbour: Office;
  /** The API for a visitor, or for a given session. */
  visitor(context?: Partial<Context>): Caller;
  /** A new member of the organization with this role. */
  member(role: Role, office: Office, options?: SeatOptions): Promise<OfficeMember>;
  /** Only the API of a new member. */
  as(role: Role, office: Office, options?: SeatOptions): Promise<Caller>;
  /** Has the link to a client's page sent by this member; answers the mail, and the token in it. */
  sendLink(api: Caller, clientId: string, office: Office): Promise<{ to: string; token: string }>;
  /** Rows as the organization sees them. */
  rows<Row>(office: Office, statement: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Two organizations on one database, and callers of the API as any of their members. */
export async function openOffices(): Promise<Offices> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ url: testDatabase.url, poolSize: 6 });
  const events = new EventLog(database);
  const services = testContext(database, { events, now: () => now });
  const member: Offices["member"] = async (role, { organization }, options = {}) => {
    const { siteIds = [], providerId = null, userId, context } = options;
    const user = userId
      ? await database.prisma.user.findUniqueOrThrow({ where: { id: userId } })
      : await createUser(database);
    const { id: membershipId } = await createMembership(database, organization, {
      userId: user.id,
      role,
      siteIds,
    });
    const { id, email, name } = user;
    const session = testSession(
      { organizationId: organization.id, slug: organization.slug, name: "", role, siteIds, providerId },
      { id, email, name },
    );
    return { api: createCaller({ ...services, session, ...context }), userId: id, email, membershipId };
  };
  return {
    database,
    events,
    office: await createOffice(database),
    neighbour: await createOffice(database),
    visitor: (context = {}) => createCaller({ ...services, ...context }),
    member,
    as: async (...seat) => (await member(...seat)).api,
    async sendLink(api, clientId, { organization }) {
      const { notificationId } = await api.clientLinks.send({ id: clientId });
      const mails: Mail[] = [];
      await deliverPortalLink(
        { organizationId: organization.id, clientId, notificationId },
        {
          ...services,
          appUrl: "http://localhost:3000",
          mailer: {
            address: "no-reply@localhost",
            send: async (mail) => void mails.push(mail),
            close: () => undefined,
          },
        },
      );
      const [mail] = mails;
      if (!mail) throw new Error("No mail was sent");
      return { to: mail.to, token: /\/portal\/([\w-]+)/.exec(mail.text)?.[1] ?? "" };
    },
    rows: ({ organization }, statement, values = []) =>
      inTenantSql(database, organization.scope, (tx) => tx.query(statement, values)),
    async close() {
      await events.stop();
      await database.close();
      await assertCataloguedEvents(testDatabase.adminUrl).finally(() => testDatabase.drop());
    },
  };
}

async function createOffice(database: Database): Promise<Office> {
  const organization = await createOrganization(database);
  const { id: siteId } = await createSite(database, organization);
  const { id: otherSiteId } = await createSite(database, organization);
  const { id: roomId } = await createRoom(database, organization, { siteId });
  const weekly = [1, 2, 3, 4, 5].map((isoWeekday) => ({ isoWeekday, startMinute: 540, endMinute: 1020 }));
  const { id: providerId } = await createProvider(database, organization, { siteId, weekly });
  const { id: otherProviderId } = await createProvider(database, organization, {
    siteId: otherSiteId,
    weekly,
  });
  const { id: serviceId } = await createService(database, organization, {
    providerIds: [providerId, otherProviderId],
  });
  return { organization, siteId, otherSiteId, roomId, providerId, otherProviderId, serviceId };
}

/** The stable code of a refused call; throws when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code ?? "unknown",
  );
  return outcome === "BAD_REQUEST" ? "invalid_input" : outcome;
}

/** The details of a refused call. */
export async function refusalDetails(call: Promise<unknown>): Promise<Record<string, unknown> | undefined> {
  return call.then(
    () => undefined,
    (error: { cause?: { details?: Record<string, unknown> } }) => error.cause?.details,
  );
}
