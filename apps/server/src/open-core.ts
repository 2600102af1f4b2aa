import { unlimitedBooking } from "@creneau/api/booking/booking-limits";
import { Sessions } from "@creneau/api/identity/load-session";
import { userNames } from "@creneau/api/identity/user-names";
import { reactions } from "@creneau/api/reactions";
import type { Services } from "@creneau/api/services";
import { openDatabase } from "@creneau/db/database";
import { registerConsumers } from "@creneau/db/events/consume-batch";
import { EventLog } from "@creneau/db/events/event-log";
import { AuthCookies } from "./auth-cookies.ts";
import type { ServerEnv } from "./env.ts";
import { assertGuarded, Readiness } from "./health.ts";
import type { Logger } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { openMail } from "./open-mail.ts";
import { createRateLimits } from "./rate-limiter.ts";
import { createErrorReporter } from "./report-error.ts";
import { networkOf } from "./request-origin.ts";

/** What every role of the process stands on. */
export type Core = Awaited<ReturnType<typeof openCore>>;

function signInProviders(env: ServerEnv): string[] {
  const providers = ["credentials"];
  if (env.SMTP_URL || env.DEMO) providers.push("email");
  if (env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET) providers.push("google");
  if (env.MICROSOFT_CLIENT_ID && env.MICROSOFT_CLIENT_SECRET) providers.push("azure-ad");
  return providers;
}

/**
 * Opens the database, the event log's reader and what leans on them. Throws when the connection's role would step
 * around row-level security.
 */
export async function openCore({
  env,
  databaseUrl,
  log,
}: {
  env: ServerEnv;
  databaseUrl: string;
  log: Logger;
}) {
  const database = openDatabase({ url: databaseUrl });
  try {
    await assertGuarded(database);
    database.watch.onChange((away) => {
      if (away) log.warn({ reason: away }, "the database is away");
      else log.info({}, "the database is back");
    });
    // Whatever the role: what a web process writes must be reacted to also where the first worker comes up after it.
    await registerConsumers(database, reactions);
    const events = new EventLog(database);
    const mail = await openMail({ env, log });
    await events.start();
    events.onBreak(() => {
      userNames.forgetAll();
      log.warn({}, "The database has gone back in time, or is another: everything is read anew");
    });
    const sessions = new Sessions({ database, events, now: Date.now });
    const rateLimits = createRateLimits({ database, enabled: env.RATE_LIMITS });
    if (!env.RATE_LIMITS) log.warn({}, "RATE_LIMITS is off: passwords can be guessed without bound");
    const appUrl = new URL(env.APP_URL);
    const services: Services = {
      database,
      events,
      now: Date.now,
      publicConfig: { demo: env.DEMO, signInProviders: signInProviders(env), appUrl: env.APP_URL },
      rateLimit: (budget, key, points) => rateLimits.consume(budget, networkOf(key), points),
      forgetSession: (userId) => sessions.forget(userId),
      log,
      ...((env.SMTP_URL || env.DEMO) && { mailer: mail.mailer }),
      linkSecret: env.AUTH_SECRET,
      ...(!env.RATE_LIMITS && { bookingLimits: unlimitedBooking }),
    };
    const cookies = new AuthCookies({ secret: env.AUTH_SECRET, isSecure: appUrl.protocol === "https:" });
    const metrics = createMetrics({ database, events });
    return {
      database,
      mailer: mail.mailer,
      rateLimits,
      appUrl,
      metrics,
      identity: { services, sessions, cookies },
      reportError: createErrorReporter({ log, metrics }),
      readiness: new Readiness({ database, events }),
      /** Stops what reads and sends, then closes every connection. */
      async close() {
        await events.stop();
        await mail.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
