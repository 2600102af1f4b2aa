import type { Database } from "@creneau/db/database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, noonIn, refusal, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

const client = { name: "Léa Petit", email: "lea@example.test", locale: "fr" as const };

/** The database, telling of each writing statement whether its commit waits for the disk. */
function watchCommits(database: Database): { database: Database; waits: Map<string, string> } {
  const waits = new Map<string, string>();
  const query = async (statement: { name: string; text: string }) => {
    const connection = await database.pool.connect();
    try {
      // The databases of tests do not wait for the disk; those of the product do.
      await connection.query("BEGIN; SET LOCAL synchronous_commit = on");
      const result = await connection.query(statement);
      const shown = await connection.query<{ synchronous_commit: string }>("SHOW synchronous_commit");
      await connection.query("COMMIT");
      waits.set(statement.name, shown.rows[0]?.synchronous_commit ?? "");
      return result;
    } finally {
      connection.release();
    }
  };
  return { database: { ...database, pool: Object.assign(Object.create(database.pool), { query }) }, waits };
}

it("a hold does not wait for the disk, a booking does", async () => {
  const practice = await createPractice(world.database);
  const { database, waits } = watchCommits(world.database);
  const visitor = world.visit({ database });
  const { holdToken } = await visitor.hold({ ...practice, startsAt: noonIn(3) });
  await visitor.confirm({ holdToken, client });
  expect(waits.get("booking_place")).toBe("off");
  expect(waits.get("booking_confirm")).toBe("on");
  // The same statement that took the hold books at once: then it waits.
  await visitor.book({ ...practice, startsAt: noonIn(4), client, idempotencyKey: "at-once-1" });
  expect(waits.get("booking_place")).toBe("on");
});

it("a hold that a crash of the database forgot is taken anew by its confirmation, if the time is still free", async () => {
  const practice = await createPractice(world.database);
  const [kept, lost] = [noonIn(3), noonIn(4)];
  const hold = async (startsAt: string) => (await world.visit().hold({ ...practice, startsAt })).holdToken;
  const [keptHold, lostHold] = [await hold(kept), await hold(lost)];
  await world.run("DELETE FROM appointment WHERE organization_id = $1 AND status = 'held'", [
    practice.organization.id,
  ]);
  const confirm = (holdToken: string) => world.visit().confirm({ holdToken, client });
  expect(await confirm(keptHold)).toMatchObject({ status: "confirmed", startsAt: kept });
  // Its twin: somebody was faster.
  const other = { name: "Noé Roy", email: "noe@example.test", locale: "fr" as const };
  await world.visit().confirm({ holdToken: await hold(lost), client: other });
  expect(await refusal(confirm(lostHold))).toMatchObject({
    code: "hold_expired",
    details: { alternatives: expect.arrayContaining([expect.anything()]) },
  });
});
