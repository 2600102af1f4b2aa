import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { migrateApart } from "@creneau/db/embedded/migrate-apart";
import { startEmbedded } from "@creneau/db/embedded/start-embedded";
import { Client } from "pg";
import { rawWrites } from "./raw-writes.ts";
import { seedLarge } from "./seed-large.ts";

/** A filled database of one size. */
export interface BenchDatabase {
  sites: number;
  appointments: number;
  organizationId: string;
  /** As the application, under row-level security. */
  url: string;
  /** As the owner: to prepare and to clean up. */
  adminUrl: string;
  /** Runs one statement as the owner. */
  query<Row extends object>(statement: string, values?: unknown[]): Promise<Row[]>;
  /** Removes what a benchmark has written, so that the next one finds the same database. */
  cleanUp(): Promise<void>;
}

/** The server of all benchmarks and its databases, each built once and kept in the data folder. */
export interface BenchDatabases {
  version: string;
  open(sites: number): Promise<BenchDatabase>;
  stop(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations/", import.meta.url));

function digest(...parts: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 16);
}

/** What a database is made of: our own files, and each migration. */
function ingredients(): Record<string, string> {
  const own = ["seed-large.ts", "raw-writes.ts"].map((name) => readFileSync(new URL(name, import.meta.url)));
  const migrations = readdirSync(migrationsFolder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries([
    ["seed", digest(...own)],
    ...migrations
      .filter((name) => name.endsWith(".sql"))
      .map((name) => [name, digest(readFileSync(migrationsFolder + name))]),
  ]);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  // One that is lost fails the next statement; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The day a database was built on, if it can still serve: a week at most, and of nothing that has changed since. */
async function builtOn(maintenance: Client, name: string): Promise<string | null> {
  const { rows } = await maintenance.query<{ comment: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [name],
  );
  if (!rows[0]?.comment?.startsWith("{")) return null;
  const { day = "", ...used } = JSON.parse(rows[0].comment) as Record<string, string>;
  const present = ingredients();
  // Its year begins four weeks before the day it was built on: a week later the agenda ahead is no longer the same.
  const isYoung = Date.now() - Date.parse(day) < 7 * 86_400_000;
  return isYoung && Object.entries(used).every(([file, hash]) => present[file] === hash) ? day : null;
}

async function mark(maintenance: Client, name: string, used: Record<string, string>): Promise<void> {
  const comment = JSON.stringify(used);
  await maintenance.query(`COMMENT ON DATABASE ${name} IS ${maintenance.escapeLiteral(comment)}`);
}

async function build(
  maintenance: Client,
  adminUrl: string,
  { name, sites, progress }: { name: string; sites: number; progress: (text: string) => void },
): Promise<void> {
  progress(`building ${name}: ${sites} sites, about ${(sites * 3_500).toLocaleString("en")} appointments`);
  await maintenance.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await maintenance.query(`CREATE DATABASE ${name}`);
  await migrateApart({ adminUrl });
  const client = await connect(adminUrl);
  try {
    await seedLarge(client, { sites, progress });
    await client.query(rawWrites);
  } finally {
    await client.end();
  }
  await maintenance.query("CHECKPOINT");
}

/** Starts the embedded PostgreSQL of a folder with the product's own, durable settings. */
export async function openBenchDatabases({
  dataDir,
  progress,
}: {
  dataDir: string;
  progress: (text: string) => void;
}): Promise<BenchDatabases> {
  const embedded = await startEmbedded({ dataDir });
  const maintenance = await connect(withDatabase(embedded.adminUrl, "postgres"));
  const opened = new Map<number, BenchDatabase & { client: Client }>();
  const { rows } = await maintenance.query<{ server_version: string }>("SHOW server_version");
  return {
    version: rows[0]?.server_version ?? "unknown",
    async open(sites) {
      const known = opened.get(sites);
      if (known) return known;
      const name = `bench_${sites}`;
      const adminUrl = withDatabase(embedded.adminUrl, name);
      // Read first: what changes while a long build runs is not in it.
      const used = ingredients();
      const day = await builtOn(maintenance, name);
      // Migrations that came since are applied as they would be on any database in use.
      if (day) await migrateApart({ adminUrl });
      else await build(maintenance, adminUrl, { name, sites, progress });
      await mark(maintenance, name, { ...used, day: day ?? new Date().toISOString().slice(0, 10) });
      const client = await connect(adminUrl);
      const database = await describe(client, { sites, adminUrl, url: withDatabase(embedded.url, name) });
      await database.cleanUp();
      opened.set(sites, { ...database, client });
      return database;
    },
    async stop() {
      for (const { client } of opened.values()) await client.end();
      await maintenance.end();
      await embedded.stop();
    },
  };
}

async function describe(
  client: Client,
  place: { sites: number; url: string; adminUrl: string },
): Promise<BenchDatabase> {
  const organization = await client.query<{ id: string; built_at: Date }>(
    "SELECT id, (SELECT at FROM bench.built) AS built_at FROM organization WHERE slug = 'bench'",
  );
  const { id: organizationId, built_at: builtAt } = organization.rows[0] ?? {};
  if (!organizationId) throw new Error("the bench database has no organization");
  const count = await client.query<{ count: number }>(
    "SELECT reltuples::integer AS count FROM pg_class WHERE oid = 'appointment'::regclass",
  );
  return {
    ...place,
    organizationId,
    appointments: count.rows[0]?.count ?? 0,
    async query<Row extends object>(statement: string, values: unknown[] = []) {
      return (await client.query<Row>(statement, values)).rows;
    },
    async cleanUp() {
      const gone = await client.query("DELETE FROM appointment WHERE created_at > $1", [builtAt]);
      await client.query(
        "TRUNCATE event, parked_event, audit, notification; DELETE FROM pgboss.job_common; TRUNCATE bench.cell",
      );
      await client.query("DELETE FROM client WHERE created_at > $1", [builtAt]);
      if ((gone.rowCount ?? 0) > 1000) await client.query("VACUUM appointment");
    },
  };
}
