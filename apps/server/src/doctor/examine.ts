import { existsSync } from "node:fs";
import { join } from "node:path";
import { applicationRole } from "@creneau/db/database";
import { readOrCreateSecrets } from "@creneau/db/embedded/secrets";
import { findRunning } from "@creneau/db/embedded/start-embedded";
import { Client } from "pg";
import { completeEnv, type ServerEnv, type StartEnv } from "../env.ts";
import { openDatabase } from "../start/open-database.ts";
import { checkAddress } from "./check-address.ts";
import { checkClock } from "./check-clock.ts";
import { checkDatabase } from "./check-database.ts";
import { checkDemo } from "./check-demo.ts";
import { checkDisk } from "./check-disk.ts";
import { checkMail } from "./check-mail.ts";
import { checkZones } from "./check-zones.ts";
import { type Finding, fault, hint, reasonOf } from "./finding.ts";

interface Addresses {
  url: string;
  adminUrl: string;
}

/** Looks at one thing; what breaks on the way is a finding too. */
async function examineOne(about: string, look: () => Promise<Finding[]> | Finding[]): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [fault(about, `could not be looked at: ${reasonOf(error)}`, "mend what is named, then ask again")];
  }
}

/** Somebody the product writes to: whoever was there first, and is no demo account. */
async function firstUser(adminUrl: string): Promise<string | null> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ email: string }>(
      `SELECT email FROM "user" WHERE deactivated_at IS NULL AND email NOT LIKE '%.demo' ORDER BY created_at LIMIT 1`,
    );
    return rows[0]?.email ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function secretFindings({ AUTH_SECRET, ENCRYPTION_KEYS, DATABASE_URL, DATA_DIR }: StartEnv): Finding[] {
  if (!DATABASE_URL || (AUTH_SECRET && ENCRYPTION_KEYS)) return [];
  return [
    hint(
      "secrets",
      `AUTH_SECRET and ENCRYPTION_KEYS are kept in ${DATA_DIR}, apart from the database`,
      "set them before a second process joins, and keep them with the backups",
    ),
  ];
}

async function examineDatabase(
  env: ServerEnv,
  { url, adminUrl }: Addresses,
  now: number,
): Promise<Finding[]> {
  const options = `-c role=${applicationRole} -c timezone=UTC`;
  const database = await examineOne("database", () => checkDatabase({ url, adminUrl, options }));
  // Where nobody is let in, the rest would only say so again.
  if (database.some(({ level, about }) => level === "fault" && about === "database")) return database;
  return [
    ...database,
    ...(await examineOne("demo", () => checkDemo(env, adminUrl))),
    ...(await examineOne("clock", () => checkClock(url))),
    ...(await examineOne("time zones", () => checkZones(url, now))),
  ];
}

/**
 * Says what would hurt: everything that a person can get wrong around the product and that shows only when a visitor is
 * hurt. Changes nothing and sends nothing. An embedded database that does not run is started for the while.
 */
export async function examine(
  given: StartEnv,
  { now, onProgress }: { now: number; onProgress: (text: string) => void },
): Promise<Finding[]> {
  const isEmbedded = !given.DATABASE_URL;
  if (isEmbedded && !existsSync(join(given.DATA_DIR, "postgres")))
    return [
      hint("database", `there is none in ${given.DATA_DIR} yet`, "npm start makes one; then ask again"),
    ];
  const isSelfKept = !given.AUTH_SECRET || !given.ENCRYPTION_KEYS;
  const env = completeEnv(given, isSelfKept ? readOrCreateSecrets(given.DATA_DIR) : undefined);
  const findings = await examineOne("address", () => checkAddress(env));
  const running = isEmbedded ? findRunning(env.DATA_DIR) : undefined;
  let opened: Awaited<ReturnType<typeof openDatabase>> | undefined;
  let addresses: Addresses | undefined = running;
  try {
    opened = running ? undefined : await openDatabase(env, onProgress);
    addresses ??= opened;
  } catch (error) {
    findings.push(fault("database", reasonOf(error), "mend what is named, then ask again"));
  }
  try {
    if (addresses) findings.push(...(await examineDatabase(env, addresses, now)));
    const recipient = addresses ? await firstUser(addresses.adminUrl) : null;
    findings.push(
      ...(await examineOne("mail", () => checkMail({ env, recipient }))),
      ...(await examineOne("disk", () => checkDisk({ dataDir: env.DATA_DIR, isEmbedded }))),
      ...secretFindings(given),
    );
  } finally {
    await opened?.close();
  }
  return findings;
}
