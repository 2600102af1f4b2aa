import { inTenant } from "@creneau/db/in-tenant";
import { type createPractice, dateIn, linkSecret, noonIn, startBooking } from "../booking/booking.fixture.ts";
import type { JobServices } from "../jobs/define-job.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";
import { matchWaitlist } from "./match-waitlist.ts";
import { openWaitlistWork } from "./open-entry.ts";

export const createCaller = createCallerFactory(appRouter);
export type Practice = Awaited<ReturnType<typeof createPractice>>;

export interface SentMail {
  to: string;
  subject: string;
  text: string;
}

/** A database with a process, and what tests of the waitlist do with it. */
export async function openWaitlist() {
  const world = await startBooking();

  /** A visitor, on the process of `world` or another. */
  const visitor = (services = world.services) =>
    createCaller({ ...services, session: null, requestId: "test", address: "192.0.2.1" }).waitlist;

  const worker = (sent: SentMail[] = [], { database, services } = world): JobServices => ({
    database,
    now: services.now,
    log: services.log,
    appUrl: "https://creneau.example",
    linkSecret,
    mailer: {
      address: "noreply@creneau.example",
      send: async (mail) => void sent.push(mail),
      close: () => undefined,
    },
  });

  /** Nobody is there for the coming fortnight, save from noon on that day for so many half hours. */
  async function fullButFor(
    { organization, team }: Practice,
    { day, halfHours }: { day: number; halfHours: number },
  ): Promise<void> {
    await inTenant(world.database, organization.scope, async ({ db }) => {
      await db.timeOff.deleteMany({});
      const away = (providerId: string, startsAt: string, endsAt: string) =>
        db.timeOff.create({
          data: {
            organizationId: organization.id,
            providerId,
            startsAt: new Date(startsAt),
            endsAt: new Date(endsAt),
          },
        });
      for (const { id } of team) {
        await away(id, noonIn(-1), noonIn(day));
        await away(id, noonIn(day, 30 * halfHours), noonIn(15));
      }
    });
  }

  return {
    world,
    visitor,
    worker,
    fullButFor,
    /** As whoever joins a waitlist finds it. */
    full: (practice: Practice) => fullButFor(practice, { day: 3, halfHours: 0 }),
    match: ({ organization }: Practice, services = worker()) =>
      matchWaitlist(openWaitlistWork(services, organization.scope)),
    /** What has become of each wish. */
    async states(...tokens: string[]): Promise<string[]> {
      const found: string[] = [];
      for (const waitlistToken of tokens) found.push((await visitor().entry({ waitlistToken })).state);
      return found;
    },
    close: () => world.close(),
  };
}

/** What somebody asks for who would take any time of the coming days. */
export const wish = (practice: Practice, email: string, changes: object = {}) => ({
  username: practice.username,
  serviceSlug: practice.serviceSlug,
  fromDate: dateIn(0),
  toDate: dateIn(10),
  client: { name: "Léa Petit", email, phone: "06 12 34 56 78" },
  ...changes,
});
