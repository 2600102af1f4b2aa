import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Offices, openOffices } from "./directory/office.fixture.ts";
import { eventTypes } from "./event-catalogue.ts";
import { reactToAll, registerReactions } from "./reactions.fixture.ts";
import { jobs, reactions } from "./reactions.ts";

let offices: Offices;
let owner: Caller;
beforeAll(async () => {
  offices = await openOffices();
  await registerReactions(offices.database);
  owner = await offices.as("owner", offices.office);
});
afterAll(() => offices.close());

/** Jobs that wait, with their data, of both organizations. */
async function queued(): Promise<{ name: string; data: Record<string, unknown> }[]> {
  const { rows } = await offices.database.pool.query(
    "SELECT name, data FROM pgboss.job ORDER BY created_on, id",
  );
  return rows;
}

test("every reaction has a name and a place of its own, and listens to events of the catalogue", () => {
  const names = reactions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { types } of reactions) for (const type of types) expect(eventTypes).toContain(type);
  expect(jobs.length).toBeGreaterThan(reactions.length);
});

test("changed hours have the organization's hints of who is free made anew, many changes by one job", async () => {
  const { siteId, providerId } = offices.office;
  await owner.availability.setRules({ providerId, siteId, rules: [] });
  await owner.availability.setOpeningHours({ siteId, rules: [] });
  expect(await queued()).toEqual([]);
  await reactToAll(offices.database);
  const refreshes = (await queued()).filter(({ name }) => name === "availability.refresh-organization");
  expect(refreshes.map(({ data }) => data.organizationId)).toEqual([offices.office.organization.id]);
});
