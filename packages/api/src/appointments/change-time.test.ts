import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const timeColumns = [
  "starts_at",
  "ends_at",
  "busy_from",
  "busy_to",
  "provider_id",
  "site_id",
  "room_id",
  "lane",
];
const folders = ["packages/api/src", "packages/db/src", "apps/server/src", "prisma/functions", "prisma/seed"];

/** Sources of the product itself: what tests and benchmarks write is their own affair. */
function sources(): { file: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" })
      .filter(
        (file) => /\.(ts|sql)$/.test(file) && !/\.(test|fixture)\.ts$|^(generated|testing)\//.test(file),
      )
      .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${root}${folder}/${file}`, "utf8") })),
  );
}

const named = (list: string) => new RegExp(`\\b(${timeColumns.join("|")})\\b`).test(list);

/** Whether a source writes a time: inserts an appointment, sets one of these columns, or does either through Prisma. */
function writesTime(text: string): boolean {
  const inserts = [...text.matchAll(/INSERT INTO\s+"?appointment"?\s*(?:AS\s+\w+\s*)?\(([^)]*)\)/gi)];
  const updates = [
    ...text.matchAll(
      /UPDATE\s+(?:ONLY\s+)?"?appointment"?\s+(?:(?:AS\s+)?\w+\s+)?SET\s+([\s\S]*?)(?:\bWHERE\b|;|`)/gi,
    ),
  ];
  const assigned = (list: string) =>
    [...list.matchAll(/(?:^|,)\s*(?:\w+\.)?"?(\w+)"?\s*=[^>]/g)].some((match) => named(match[1] ?? "")) ||
    [...list.matchAll(/\(([\w\s,"]+)\)\s*=/g)].some((match) => named(match[1] ?? ""));
  return (
    inserts.some((match) => named(match[1] ?? "")) ||
    updates.some((match) => assigned(match[1] ?? "")) ||
    /\bappointment\.(create|update|upsert)\w*\(/.test(text) ||
    /\bCOPY\s+"?appointment"?\b/i.test(text)
  );
}

describe("who writes an appointment's time", () => {
  const adr = readFileSync(`${root}docs/adr/0005-locks-for-creations-and-moves.md`, "utf8");
  const permitted = [...adr.matchAll(/^- `((?:prisma|packages|apps)\/[^`]+)`/gm)].map(
    (match) => match[1] ?? "",
  );

  it("is whom ADR 5 permits, every one of them and no other", () => {
    expect(permitted.length).toBeGreaterThan(1);
    const writers = sources().filter(({ text }) => writesTime(text));
    expect(writers.map(({ file }) => file).sort()).toEqual(permitted.sort());
  });

  it("calls what changes one that is there in one place", () => {
    const callers = sources().filter(
      ({ file, text }) =>
        file.endsWith(".ts") && /"change_appointment",|SELECT change_appointment/.test(text),
    );
    expect(callers.map(({ file }) => file)).toEqual(["packages/api/src/appointments/change-time.ts"]);
  });

  it.each([
    "UPDATE appointment SET starts_at = $3, version = version + 1 WHERE id = $1",
    "UPDATE appointment a SET title = b.title, lane = b.lane FROM b WHERE a.id = $1",
    "UPDATE appointment AS a\n  SET (title, room_id) = (SELECT 1, 2) WHERE a.id = $1",
    'UPDATE "appointment" SET "busy_to" = now()',
    "INSERT INTO appointment (id, starts_at) VALUES ($1, $2)",
    "await db.appointment.updateMany({ where, data: { startsAt } })",
    "await db.appointment.create({ data })",
  ])("twin: finds %s", (text) => expect(writesTime(`\`${text}\``)).toBe(true));

  it.each([
    "UPDATE appointment SET status = 'cancelled', cancelled_at = $3 WHERE organization_id = $1 AND provider_id = $2",
    "UPDATE appointment a SET client_id = $2 WHERE a.starts_at > now()",
    "UPDATE appointment a SET (title, price_cents) = (SELECT p.title, p.price_cents FROM p WHERE p.lane = 0) WHERE a.id = $1",
    "SELECT starts_at FROM appointment WHERE room_id = $1 FOR UPDATE",
    "INSERT INTO appointment_note (id, starts_at) VALUES ($1, $2)",
    "await db.appointment.findMany({ where })",
  ])("twin: leaves alone %s", (text) => expect(writesTime(`\`${text}\``)).toBe(false));
});
