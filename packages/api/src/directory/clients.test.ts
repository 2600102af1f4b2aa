import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, type Offices, openOffices, refusal } from "./office.fixture.ts";

let offices: Offices;
let operator: Caller;
let stranger: Caller;
beforeAll(async () => {
  offices = await openOffices();
  operator = await offices.as("operator", offices.office);
  stranger = await offices.as("owner", offices.neighbour);
});
afterAll(() => offices.close());

async function names(query: string, caller = operator): Promise<string[]> {
  return (await caller.directory.clients.search({ query })).items.map(({ name }) => name);
}

test("a client is found by every way an operator may type, and by nobody of another organization", async () => {
  const client = await operator.directory.clients.create({
    name: "José Lefèvre",
    phone: "06 12 34 56 78",
    email: "Jose@Exemple.FR",
  });
  await operator.directory.clients.create({ name: "Zoë Phone", phone: "+44 20 7946 0958" });
  await operator.directory.subjects.create({ kind: "vehicle", reference: "gh-456-jk", clientId: client.id });
  expect(client).toMatchObject({ phone: "+33612345678", email: "jose@exemple.fr" });
  for (const query of [
    "jose",
    "LEFEVRE",
    "lefè jos",
    "jose@exemple.fr",
    "06 12 34 56 78",
    "0612345678",
    "06.12.34",
    "+33 6 12 34 56 78",
    "0033612345678",
    "+33 (0)6 12 34 56 78",
    "5678",
    "GH-456-JK",
    "gh456",
    "gh 456",
  ]) {
    expect(await names(query), query).toEqual(["José Lefèvre"]);
    expect(await names(query, stranger), query).toEqual([]);
  }
  expect(await names("7946 0958")).toEqual(["Zoë Phone"]);
  expect(await names("%%")).toEqual([]);
  expect(await refusal(operator.directory.clients.search({ query: "j" }))).toBe("invalid_input");
});

test("the exact one comes first, then names that begin so", async () => {
  for (const name of ["Anne Bertrand", "Bertille Aubry", "Hubert Noël"])
    await operator.directory.clients.create({ name });
  expect(await names("bert")).toEqual(["Bertille Aubry", "Anne Bertrand", "Hubert Noël"]);
});

test("a new client with a known phone or e-mail is told as a possible duplicate", async () => {
  const first = await operator.directory.clients.create({ name: "First", phone: "0600000001" });
  const second = await operator.directory.clients.create({ name: "Second", phone: "+33 6 00 00 00 01" });
  expect(second.duplicateIds).toEqual([first.id]);
});

test("a merge moves appointments, subjects and notes, and completes what the kept one lacks", async () => {
  const { office } = offices;
  const keep = await operator.directory.clients.create({ name: "Marie Kept", phone: "0600000002" });
  const gone = await operator.directory.clients.create({ name: "Marie Gone", email: "marie@example.test" });
  await operator.directory.subjects.create({ kind: "file", reference: "F-1", clientId: gone.id });
  const { appointment } = await operator.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
    clientId: gone.id,
  });
  const merged = await operator.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] });
  expect(merged.moved).toEqual({ appointments: 1, subjects: 1, notes: 0 });
  expect(merged.client).toMatchObject({ phone: "+33600000002", email: "marie@example.test" });
  expect((await operator.appointments.byId({ id: appointment.id })).clientId).toBe(keep.id);
  const detail = await operator.directory.clients.byId({ id: keep.id });
  expect(detail.upcoming.map(({ id }) => id)).toEqual([appointment.id]);
  expect(detail.subjects.map(({ reference }) => reference)).toEqual(["F-1"]);
  expect(await names("marie")).toEqual(["Marie Kept"]);
  expect(await names("marie gone")).toEqual(["Marie Kept"]);
  expect(await refusal(operator.directory.clients.merge({ keepId: keep.id, mergeIds: [gone.id] }))).toBe(
    "merged",
  );
  const [audit] = await offices.rows<{ diff: { mergedIds: string[] } }>(
    office,
    "SELECT diff FROM audit WHERE entity_id = $1 AND action = 'client.merged'",
    [keep.id],
  );
  expect(audit?.diff.mergedIds).toEqual([gone.id]);
});

test("clients do not merge across organizations, nor into themselves", async () => {
  const mine = await operator.directory.clients.create({ name: "Mine" });
  const theirs = await stranger.directory.clients.create({ name: "Theirs" });
  expect(await refusal(operator.directory.clients.merge({ keepId: mine.id, mergeIds: [theirs.id] }))).toBe(
    "not_found",
  );
  expect(await refusal(operator.directory.clients.merge({ keepId: theirs.id, mergeIds: [mine.id] }))).toBe(
    "not_found",
  );
  expect(await refusal(operator.directory.clients.merge({ keepId: mine.id, mergeIds: [mine.id] }))).toBe(
    "invalid_input",
  );
  expect(await refusal(operator.directory.clients.byId({ id: theirs.id }))).toBe("not_found");
  expect(await refusal(operator.directory.clients.update({ id: theirs.id, name: "Stolen" }))).toBe(
    "not_found",
  );
  expect(
    await refusal(operator.directory.subjects.create({ kind: "file", reference: "X", clientId: theirs.id })),
  ).toBe("not_found");
});

test("the list pages without gaps or doubles", async () => {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await operator.directory.clients.list({ limit: 2, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  const all = await operator.directory.clients.list({ limit: 200 });
  expect(seen).toEqual(all.items.map(({ id }) => id));
  expect(new Set(seen).size).toBe(seen.length);
  expect(await refusal(operator.directory.clients.list({ cursor: "nonsense" }))).toBe("invalid_input");
});

test("attributes follow the kind; unknown names are kept, a wrong known one is refused", async () => {
  const subject = await operator.directory.subjects.create({
    kind: "vehicle",
    reference: "zz-111-zz",
    attributes: { fuel: "diesel", firstRegistration: "2019-05-04", colour: "red" },
  });
  expect(subject).toMatchObject({ reference: "ZZ111ZZ", attributes: { colour: "red" } });
  expect(await refusal(operator.directory.subjects.create({ kind: "vehicle", reference: "ZZ 111 ZZ" }))).toBe(
    "already_exists",
  );
  expect(
    await refusal(operator.directory.subjects.update({ id: subject.id, attributes: { mileage: -1 } })),
  ).toBe("invalid_input");
  const updated = await operator.directory.subjects.update({
    id: subject.id,
    attributes: { mileage: 120_000 },
  });
  expect(updated.attributes).toEqual({ mileage: 120_000 });
});
