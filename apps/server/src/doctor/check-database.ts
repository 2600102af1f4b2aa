import { readDatabaseVersion } from "@creneau/db/sql-functions";
import { Client } from "pg";
import { type Finding, fault, fine, hint, reasonOf } from "./finding.ts";

const about = "database";
const probe = "creneau_doctor";

interface DatabaseAddresses {
  /** What the product serves with. */
  url: string;
  /** The owner's, for migrations. */
  adminUrl: string;
  /** Options of every connection that serves. */
  options: string;
}

interface Facts {
  version: number;
  role: string;
  login: string;
  bypasses: boolean;
  isReadOnly: boolean;
  connections: number;
}

async function connect(url: string, options?: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    ...(options && { options }),
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** What the role may, and how the way to the database treats connections. */
export async function checkDatabase({ url, adminUrl, options }: DatabaseAddresses): Promise<Finding[]> {
  let client: Client;
  try {
    client = await connect(url, options);
  } catch (error) {
    return [
      fault(
        about,
        `it does not let us in: ${reasonOf(error)}`,
        "look at DATABASE_URL; a pooler must accept start-up options (docs/operating.md, PgBouncer)",
      ),
    ];
  }
  try {
    const findings = [...(await roleFindings(client)), ...(await poolFindings(client, { url, options }))];
    findings.push(...(await migrationFindings(client)), ...(await ownerFindings(adminUrl)));
    return findings.some(({ level }) => level === "fault")
      ? findings
      : [fine(about, await summary(client)), ...findings];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function summary(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string; role: string }>(
    "SELECT current_setting('server_version') AS version, current_user AS role",
  );
  return `PostgreSQL ${rows[0]?.version}, as ${rows[0]?.role}, held to row-level security, each connection its own`;
}

async function roleFindings(client: Client): Promise<Finding[]> {
  const { rows } = await client.query<Facts>(
    `SELECT current_setting('server_version_num')::integer / 10000 AS version, current_user AS role, session_user AS login,
       r.rolsuper OR r.rolbypassrls AS bypasses,
       pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "isReadOnly",
       current_setting('max_connections')::integer AS connections
     FROM pg_roles r WHERE r.rolname = current_user`,
  );
  const [facts] = rows;
  if (!facts) return [fault(about, "its role cannot be read", "look at DATABASE_URL")];
  const findings: Finding[] = [];
  if (facts.version < 15)
    findings.push(fault(about, `PostgreSQL ${facts.version} is too old`, "use version 15 or later"));
  if (facts.bypasses)
    findings.push(
      fault(
        about,
        `the role ${facts.role} steps around row-level security: organizations are not kept apart`,
        `ALTER ROLE ${facts.role} NOSUPERUSER NOBYPASSRLS`,
      ),
    );
  if (facts.isReadOnly)
    findings.push(
      fault(
        about,
        "nothing can be written: a standby, or a database set so",
        "lead DATABASE_URL to the primary",
      ),
    );
  if (facts.login !== facts.role)
    findings.push(
      hint(
        about,
        `the login ${facts.login} becomes ${facts.role} for each connection: whoever knows its password can step around row-level security`,
        "two logins are best (docs/operating.md, An external PostgreSQL)",
      ),
    );
  if (facts.connections < 30)
    findings.push(
      hint(
        about,
        `max_connections is ${facts.connections}: a process holds up to 22`,
        "raise it before a second process joins",
      ),
    );
  return findings;
}

/** A pooler gives the connection of one client to another between transactions; some things are lost over it. */
async function poolFindings(
  client: Client,
  { url, options }: { url: string; options: string },
): Promise<Finding[]> {
  const other = await connect(url, options);
  try {
    const isShared = await areShared(client, other);
    if (!isShared)
      return (await hears(client, other))
        ? []
        : [fault("live changes", "a notification does not arrive", "connect to the database directly")];
    const findings = [
      hint(
        "pool mode",
        "a pooler shares connections between transactions: changes arrive by the poll, a quarter of a second later",
        "connect directly if you can, or use session pooling",
      ),
    ];
    const refusal = await preparedRefusal(client, other);
    if (refusal)
      findings.push(
        fault(
          "pool mode",
          `prepared statements do not pass: ${refusal}`,
          "PgBouncer 1.21 or later with max_prepared_statements above 0",
        ),
      );
    return findings;
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** Whether one client is given the connection that another still has open. */
async function areShared(one: Client, other: Client): Promise<boolean> {
  const pidOf = async (of: Client) =>
    (await of.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
  const pid = await pidOf(one);
  await other.query("BEGIN");
  const isShared = (await pidOf(other)) === pid;
  await other.query("ROLLBACK");
  return isShared;
}

async function hears(listener: Client, ringer: Client): Promise<boolean> {
  const heard = new Promise<boolean>((resolve) => {
    listener.once("notification", () => resolve(true));
    setTimeout(resolve, 2_000, false).unref();
  });
  await listener.query(`LISTEN ${probe}`);
  await ringer.query(`NOTIFY ${probe}`);
  const result = await heard;
  await listener.query(`UNLISTEN ${probe}`);
  return result;
}

/** Why a statement that one client prepared cannot be used by it while another has its connection; null when it can. */
async function preparedRefusal(one: Client, other: Client): Promise<string | null> {
  const named = { name: probe, text: "SELECT 1" };
  try {
    await one.query(named);
    await other.query("BEGIN");
    await other.query(named);
    await one.query(named);
    await other.query("ROLLBACK");
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function migrationFindings(client: Client): Promise<Finding[]> {
  try {
    const { hasMigrations, hasFunctions, isNewer } = await readDatabaseVersion(client);
    if (hasMigrations && (hasFunctions || isNewer)) return [];
  } catch {
    // Nothing is there yet.
  }
  return [
    fault(about, "migrations of this version are missing", "start the product once, or npm run db:migrate"),
  ];
}

/** Migrations take locks of the session: through a pooler they protect nothing. */
async function ownerFindings(adminUrl: string): Promise<Finding[]> {
  let owner: Client | undefined;
  let second: Client | undefined;
  try {
    owner = await connect(adminUrl);
    second = await connect(adminUrl);
    if (await areShared(owner, second))
      return [
        fault(
          "pool mode",
          "migrations go through a pooler: their locks protect nothing",
          "set DATABASE_ADMIN_URL to the database itself",
        ),
      ];
    const { rows } = await owner.query<{ owns: boolean }>(
      `SELECT pg_has_role(current_user, c.relowner, 'MEMBER') AS owns FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 'appointment' AND n.nspname = 'public'`,
    );
    return rows[0]?.owns === false
      ? [
          fault(
            about,
            "the login for migrations does not own the tables: the next upgrade will not start",
            "set DATABASE_ADMIN_URL to the owner's login",
          ),
        ]
      : [];
  } catch (error) {
    return [
      fault(about, `the owner's login is not let in: ${reasonOf(error)}`, "look at DATABASE_ADMIN_URL"),
    ];
  } finally {
    await Promise.all([owner, second].map((each) => each?.end().catch(() => undefined)));
  }
}
