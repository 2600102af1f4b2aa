import { Client } from "pg";
import { type EventType, eventCatalogue } from "./event-catalogue.ts";

/** Runs one statement as the owner, behind row-level security. */
type Run = <Row>(statement: string, values?: unknown[]) => Promise<Row[]>;

interface LoggedRow {
  id: string;
  type: string;
  entity_id: string;
  version: number | null;
  payload: unknown;
}

/** What of a log the catalogue does not allow, in words; empty when all of it is as it says. */
export async function wrongEvents(run: Run): Promise<string[]> {
  const rows = await run<LoggedRow>("SELECT id, type, entity_id, version, payload FROM event ORDER BY id");
  const told = new Set<string>();
  return rows.flatMap((row) => {
    const definition = Object.hasOwn(eventCatalogue, row.type) && eventCatalogue[row.type as EventType];
    if (!definition) return [`${row.type} is not in the catalogue`];
    const faults: string[] = [];
    const parsed = definition.payload.safeParse(row.payload);
    if (!parsed.success) faults.push(`${row.type} ${JSON.stringify(row.payload)}: ${parsed.error.message}`);
    if ((row.version !== null) !== (definition.isVersioned ?? false))
      faults.push(`${row.type} with version ${row.version}`);
    const place = `${row.entity_id} ${row.version}`;
    if (row.version !== null && told.has(place))
      faults.push(`${row.type} tells version ${row.version} again`);
    told.add(place);
    return faults;
  });
}

/**
 * Fails when a test has let something be written that the catalogue does not know: each suite that ends with it checks
 * every writer it has used. `adminUrl` is the owner's, who sees behind row-level security.
 */
export async function assertCataloguedEvents(adminUrl: string): Promise<void> {
  const owner = new Client({ connectionString: adminUrl });
  await owner.connect();
  const wrong = await wrongEvents(async (statement) => (await owner.query(statement)).rows);
  await owner.end();
  if (wrong.length > 0) throw new Error(`Events against the catalogue:\n${[...new Set(wrong)].join("\n")}`);
}
