import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { suggestKept } from "./compare-clients.ts";
import {
  type Caller,
  type Office,
  type Offices,
  openOffices,
  refusal,
  refusalDetails,
} from "./office.fixture.ts";

let offices: Offices;
let office: Office;
let operator: Caller;
let stranger: Caller;
beforeAll(async () => {
  offices = await openOffices();
  office = offices.office;
  operator = await offices.as("operator", office);
  stranger = await offices.as("owner", offices.neighbour);
});
afterAll(() => offices.close());

let hours = 0;
/** The next free half hour of the office's provider: working days from Monday 23 November, nine to five. */
function nextStart(): string {
  const day = Math.floor(hours / 14);
  const half = hours % 14;
  hours += 1;
  const date = Date.UTC(2026, 10, 23 + Math.floor(day / 5) * 7 + (day % 5), 8, half * 30);
  return new Date(date).toISOString();
}

async function book(clientId: string): Promise<string> {
  const { appointment } = await operator.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: nextStart(),
    clientId,
  });
  return appointment.id;
}

let people = 0;
/** Two records of one person, each with what can hang on one. */
async function twoRecords() {
  people += 1;
  const tag = `${people}`.padStart(2, "0");
  const old = await operator.directory.clients.create({
    name: `Marie Durand ${tag}`,
    email: `marie.durand${tag}@exemple.fr`,
    phone: `06 11 00 00 ${tag}`,
  });
  const young = await operator.directory.clients.create({
    name: `Marie Lefèvre ${tag}`,
    email: `m.lefevre${tag}@exemple.fr`,
    phone: `06 22 00 00 ${tag}`,
    locale: "en",
  });
  return { old, young, tag };
}

const statement = `
  SELECT 'appointment ' || (to_jsonb(t) - 'updated_at')::text AS row FROM appointment t
  UNION ALL SELECT 'attendee ' || (to_jsonb(t) - 'updated_at')::text FROM attendee t
  UNION ALL SELECT 'subject ' || (to_jsonb(t) - 'updated_at')::text FROM subject t
  UNION ALL SELECT 'note ' || (to_jsonb(t) - 'updated_at')::text FROM note t
  UNION ALL SELECT 'waitlist ' || (to_jsonb(t) - 'updated_at')::text FROM waitlist_entry t
  UNION ALL SELECT 'alias ' || (to_jsonb(t) - ARRAY['updated_at', 'created_at', 'id'])::text FROM client_alias t
  UNION ALL SELECT 'client ' || (to_jsonb(t) - 'updated_at')::text FROM client t
  ORDER BY 1`;
/** All that a merge could touch, but for when it was touched. */
async function everything(): Promise<string[]> {
  return (await offices.rows<{ row: string }>(office, statement)).map(({ row }) => row);
}

async function found(query: string, caller = operator): Promise<string[]> {
  return (await caller.directory.clients.search({ query })).items.map(({ id }) => id);
}

/** The token of a link that was sent to the client. */
const linkOf = async (id: string) => (await offices.sendLink(operator, id, office)).token;

describe("a merge", () => {
  test("keeps every name, address and number: on the card, and for every search", async () => {
    const { old, young, tag } = await twoRecords();
    const appointmentId = await book(young.id);
    const { client } = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    expect(client).toMatchObject({ name: old.name, email: old.email, phone: old.phone, locale: "fr" });
    expect(client.aliases).toEqual([
      { kind: "name", value: young.name },
      { kind: "email", value: young.email },
      { kind: "phone", value: young.phone },
    ]);
    const ways = [
      `m.lefevre${tag}@exemple.fr`,
      `06 22 00 00 ${tag}`,
      `0033 6 22 00 00 ${tag}`,
      `+33 6 22 00 00 ${tag}`,
      `lefevre ${tag}`,
    ];
    for (const query of ways) {
      expect(await found(query), query).toEqual([old.id]);
      expect(await found(query, stranger), query).toEqual([]);
      const list = await operator.directory.clients.list({ search: query });
      expect(
        list.items.map(({ id }) => id),
        query,
      ).toEqual([old.id]);
    }
    const agenda = await operator.appointments.list({
      from: "2026-11-01T00:00:00Z",
      to: "2027-02-01T00:00:00Z",
      search: `m.lefevre${tag}@exemple.fr`,
    });
    expect(agenda.items.map(({ id }) => id)).toEqual([appointmentId]);
    const third = await operator.directory.clients.create({ name: "Third", phone: `06 22 00 00 ${tag}` });
    expect(third.duplicateIds).toEqual([old.id]);
    const doubles = await operator.directory.clients.duplicates({ id: third.id });
    expect(doubles.items.map(({ id, because }) => [id, because])).toEqual([[old.id, ["phone"]]]);
    expect((await operator.directory.clients.duplicates({ id: old.id })).items.map(({ id }) => id)).toEqual([
      third.id,
    ]);
  });

  test("takes each field from the record chosen; what is not chosen stays known", async () => {
    const { old, young, tag } = await twoRecords();
    const { client } = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { name: young.id, email: young.id, locale: young.id, phone: old.id },
    });
    expect(client).toMatchObject({
      id: old.id,
      name: young.name,
      email: young.email,
      phone: old.phone,
      locale: "en",
    });
    expect(client.aliases.map(({ value }) => value).sort()).toEqual(
      [old.name, old.email, young.phone].map(String).sort(),
    );
    expect(await found(`durand ${tag}`)).toEqual([old.id]);
    const { old: other } = await twoRecords();
    const foreign = operator.directory.clients.merge({
      keepId: client.id,
      mergeIds: [other.id],
      fields: { email: young.id },
    });
    expect(await refusal(foreign)).toBe("invalid_input");
  });

  test("fills in what the record kept lacks, from the oldest that has it", async () => {
    const keep = await operator.directory.clients.create({ name: "Kept alone" });
    const first = await operator.directory.clients.create({ name: "Kept alone", phone: "0633000001" });
    const second = await operator.directory.clients.create({
      name: "kept alone",
      phone: "0633000002",
      email: "kept@exemple.fr",
    });
    const { client } = await operator.directory.clients.merge({
      keepId: keep.id,
      mergeIds: [second.id, first.id],
    });
    expect(client).toMatchObject({ phone: "+33633000001", email: "kept@exemple.fr" });
    // A name that reads the same is none more.
    expect(client.aliases).toEqual([{ kind: "phone", value: "+33633000002" }]);
  });

  test("leaves the record merged as it was: to be looked at, not to be changed", async () => {
    const { old, young } = await twoRecords();
    await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    const card = await operator.directory.clients.byId({ id: young.id });
    expect(card).toMatchObject({
      name: young.name,
      email: young.email,
      phone: young.phone,
      mergedInto: { id: old.id, name: old.name },
    });
    const { clients } = operator.directory;
    for (const change of [
      () => clients.update({ id: young.id, name: "Late form" }),
      () => clients.archive({ id: young.id, archived: false }),
      () => clients.merge({ keepId: young.id, mergeIds: [old.id] }),
      () => clients.merge({ keepId: old.id, mergeIds: [young.id] }),
    ]) {
      expect(await refusalDetails(change())).toEqual({ id: young.id, intoId: old.id });
      expect(await refusal(change())).toBe("merged");
    }
  });

  test("is told to the audit without a word of the person", async () => {
    const { old, young } = await twoRecords();
    const { mergeId } = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { email: young.id },
    });
    await operator.directory.clients.undoMerge({ id: mergeId });
    const audit = await offices.rows<{ action: string; diff: object }>(
      office,
      "SELECT action, diff FROM audit WHERE entity_id = $1 AND action LIKE '%merged' ORDER BY created_at, id",
      [old.id],
    );
    expect(audit.map(({ action, diff }) => ({ action, ...diff }))).toMatchObject([
      {
        action: "client.merged",
        mergeId,
        mergedIds: [young.id],
        fields: ["email"],
        moved: { appointments: 0 },
      },
      { action: "client.unmerged", mergeId, mergedIds: [young.id], fields: ["email"] },
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/exemple|durand|lef/i);
  });
});

describe("after a merge", () => {
  test("a public booking by a second address, under either name, is the survivor's", async () => {
    const { old, young, tag } = await twoRecords();
    await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    const visitors: { name: string; email?: string; phone?: string }[] = [
      { name: young.name, email: `M.Lefevre${tag}@exemple.fr` },
      { name: old.name, email: `m.lefevre${tag}@exemple.fr` },
      { name: young.name, email: `marie.durand${tag}@exemple.fr` },
      { name: `marie lefevre ${tag}`, phone: `06 22 00 00 ${tag}` },
    ];
    for (const client of visitors) {
      const { appointmentId } = await bookOnline(client);
      expect((await operator.appointments.byId({ id: appointmentId })).clientId, client.name).toBe(old.id);
    }
    // Twins: another name at that address, and a known name at an address that is nobody's, are other people.
    for (const client of [
      { name: "Paul Lefèvre", email: `m.lefevre${tag}@exemple.fr` },
      { name: young.name, email: "unknown@exemple.fr" },
    ]) {
      const { appointmentId } = await bookOnline(client);
      expect((await operator.appointments.byId({ id: appointmentId })).clientId, client.name).not.toBe(
        old.id,
      );
    }
  });

  test("staff who book for the merged record, or type its contact, book for the survivor", async () => {
    const { old, young, tag } = await twoRecords();
    await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    const byId = await book(young.id);
    const { appointment: typed } = await operator.appointments.create({
      providerId: office.providerId,
      serviceId: office.serviceId,
      startsAt: nextStart(),
      client: { name: `Marie Lefèvre ${tag}`, phone: `06 22 00 00 ${tag}` },
    });
    const blank = await operator.appointments.create({
      providerId: office.providerId,
      startsAt: nextStart(),
      serviceId: office.serviceId,
    });
    const { appointment: updated } = await operator.appointments.update({
      id: blank.appointment.id,
      version: blank.appointment.version,
      clientId: young.id,
    });
    const subject = await operator.directory.subjects.create({
      kind: "file",
      reference: `S-${tag}`,
      clientId: young.id,
    });
    expect([
      (await operator.appointments.byId({ id: byId })).clientId,
      typed.clientId,
      updated.clientId,
      subject.clientId,
    ]).toEqual([old.id, old.id, old.id, old.id]);
  });

  test("a change of an appointment taken back does not bring the merged record back", async () => {
    const { old, young } = await twoRecords();
    const { old: other } = await twoRecords();
    const id = await book(young.id);
    const { undo } = await operator.appointments.update({ id, version: 1, clientId: other.id });
    await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    const { appointment } = await operator.appointments.undo({ token: undo?.token ?? "" });
    expect(appointment.clientId).toBe(old.id);
  });

  test("the portal links of both records lead to the one that is left", async () => {
    const { old, young } = await twoRecords();
    const [mine, theirs] = [await linkOf(old.id), await linkOf(young.id)];
    const id = await book(young.id);
    const { mergeId } = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    for (const portalToken of [mine, theirs]) {
      const portal = await offices.visitor().booking.portal({ portalToken });
      expect([portal.client.name, portal.bookings.map(({ appointmentId }) => appointmentId)]).toEqual([
        old.name,
        [id],
      ]);
    }
    await operator.directory.clients.undoMerge({ id: mergeId });
    const portal = await offices.visitor().booking.portal({ portalToken: theirs });
    expect([portal.client.name, portal.bookings.length]).toEqual([young.name, 1]);
    const own = await offices.visitor().booking.portal({ portalToken: mine });
    expect([own.client.name, own.bookings.length]).toEqual([old.name, 0]);
  });
});

async function bookOnline(client: { name: string; email?: string; phone?: string }) {
  const [site] = await offices.rows<{ slug: string }>(office, "SELECT slug FROM site WHERE id = $1", [
    office.siteId,
  ]);
  const [service] = await offices.rows<{ slug: string }>(office, "SELECT slug FROM service WHERE id = $1", [
    office.serviceId,
  ]);
  return offices.visitor().booking.book({
    username: office.organization.slug,
    siteSlug: site?.slug ?? "",
    serviceSlug: service?.slug ?? "",
    startsAt: nextStart(),
    client: { locale: "fr", ...client },
  });
}

test("a second address becomes the first, is added and is taken away by hand", async () => {
  const { old, young, tag } = await twoRecords();
  const { mergeId } = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
  const swapped = await operator.directory.clients.update({
    id: old.id,
    phone: `06 22 00 00 ${tag}`,
    aliases: [
      { kind: "phone", value: `06 11 00 00 ${tag}` },
      { kind: "email", value: `Extra${tag}@Exemple.fr` },
    ],
  });
  expect(swapped).toMatchObject({ phone: young.phone });
  expect(swapped.aliases).toEqual([
    { kind: "phone", value: old.phone },
    { kind: "email", value: `extra${tag}@exemple.fr` },
  ]);
  expect(await found(`extra${tag}@exemple.fr`)).toEqual([old.id]);
  expect(await found(`m.lefevre${tag}@exemple.fr`)).toEqual([]);
  const wrong = operator.directory.clients.update({
    id: old.id,
    aliases: [{ kind: "phone", value: "0000000000000000" }],
  });
  expect(await refusal(wrong)).toBe("invalid_input");
  await operator.directory.clients.undoMerge({ id: mergeId });
  expect((await operator.directory.clients.byId({ id: old.id })).aliases).toEqual(swapped.aliases);
});

describe("a merge taken back", () => {
  test("gives both records back as they were, with all that hung on them", async () => {
    const { old, young, tag } = await twoRecords();
    for (const [index, { id }] of [old, young].entries()) {
      await linkOf(id);
      await operator.directory.subjects.create({
        kind: "file",
        reference: `U-${tag}-${index}`,
        clientId: id,
      });
      const appointmentId = await book(id);
      await operator.attendees
        .add({ appointmentId, attendees: [{ name: "Guest", email: `guest${index}@exemple.fr` }] })
        .catch(() => undefined);
      await operator.notes.add({ appointmentId, kind: "shared", body: `Note ${index}` });
      await offices.rows(
        office,
        `INSERT INTO note (organization_id, id, appointment_id, kind, author_client_id, body, shared_at, updated_at)
         VALUES ($1, uuid_v7(), $2, 'shared', $3, 'By the client', now(), now())`,
        [office.organization.id, appointmentId, id],
      );
    }
    const before = await everything();
    const { mergeId, moved } = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { name: young.id, phone: young.id, locale: young.id },
    });
    expect(moved).toEqual({ appointments: 1, subjects: 1, notes: 1 });
    expect(await everything()).not.toEqual(before);
    expect((await operator.directory.clients.byId({ id: old.id })).merges).toMatchObject([
      { id: mergeId, records: [{ id: young.id, name: young.name }] },
    ]);
    const back = await operator.directory.clients.undoMerge({ id: mergeId });
    expect(back.client).toMatchObject({ id: old.id, name: old.name, phone: old.phone, aliases: [] });
    expect(back.records).toMatchObject([{ id: young.id, archivedAt: null, mergedIntoId: null }]);
    expect(await everything()).toEqual(before);
    // Twice is once.
    await operator.directory.clients.undoMerge({ id: mergeId });
    expect(await everything()).toEqual(before);
    expect((await operator.directory.clients.byId({ id: old.id })).merges).toEqual([]);
  });

  test("ends links that went to the other one's address while the records were one", async () => {
    const { old, young } = await twoRecords();
    const [mine, theirs] = [await linkOf(old.id), await linkOf(young.id)];
    const opens = (portalToken: string) => refusal(offices.visitor().booking.portal({ portalToken }));
    const { mergeId } = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { email: young.id },
    });
    expect((await offices.sendLink(operator, old.id, office)).to).toBe(young.email);
    await operator.directory.clients.undoMerge({ id: mergeId });
    expect([await opens(mine), await opens(theirs)]).toEqual(["not_found", "accepted"]);
    // Twin: the same without a mail on the way.
    const again = await linkOf(old.id);
    const second = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { email: young.id },
    });
    await operator.directory.clients.undoMerge({ id: second.mergeId });
    expect(await opens(again)).toBe("accepted");
  });

  test("leaves with the client kept what has come to it since", async () => {
    const { old, young } = await twoRecords();
    const earlier = await book(young.id);
    const { mergeId } = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
    const since = await book(old.id);
    await operator.directory.clients.update({ id: old.id, company: "Since" });
    await operator.directory.clients.undoMerge({ id: mergeId });
    expect((await operator.appointments.byId({ id: earlier })).clientId).toBe(young.id);
    expect((await operator.appointments.byId({ id: since })).clientId).toBe(old.id);
    expect((await operator.directory.clients.byId({ id: old.id })).company).toBe("Since");
  });

  test("is refused, with the reasons, when what was done since contradicts it", async () => {
    const { old, young, tag } = await twoRecords();
    const { old: other } = await twoRecords();
    const id = await book(young.id);
    const subject = await operator.directory.subjects.create({
      kind: "file",
      reference: `R-${tag}`,
      clientId: young.id,
    });
    const { mergeId } = await operator.directory.clients.merge({
      keepId: old.id,
      mergeIds: [young.id],
      fields: { email: young.id },
    });
    const undo = () => operator.directory.clients.undoMerge({ id: mergeId });
    const reasons = async () => (await refusalDetails(undo()))?.reasons;
    await operator.directory.clients.update({ id: old.id, email: "corrected@exemple.fr" });
    await operator.appointments.update({ id, version: 1, clientId: other.id });
    await operator.directory.subjects.update({ id: subject.id, clientId: other.id });
    const before = await everything();
    expect(await refusal(undo())).toBe("undo_refused");
    expect(await reasons()).toEqual([
      { code: "changed", fields: ["email"] },
      { code: "appointments", count: 1 },
      { code: "subjects", count: 1 },
    ]);
    expect(await everything()).toEqual(before);
    await operator.directory.clients.update({ id: old.id, email: young.email });
    await operator.appointments.update({ id, version: 2, clientId: old.id });
    await operator.directory.subjects.update({ id: subject.id, clientId: old.id });
    expect(await refusal(undo())).toBe("accepted");
  });

  test("goes back along a chain, the last merge first", async () => {
    const { old: a, young: b } = await twoRecords();
    const { old: c } = await twoRecords();
    const booked = [await book(a.id), await book(b.id), await book(c.id)];
    const owners = async () => {
      const views = [];
      for (const id of booked) views.push((await operator.appointments.byId({ id })).clientId);
      return views;
    };
    const before = await everything();
    const first = await operator.directory.clients.merge({ keepId: b.id, mergeIds: [a.id] });
    const between = await everything();
    const second = await operator.directory.clients.merge({ keepId: c.id, mergeIds: [b.id] });
    expect(await owners()).toEqual([c.id, c.id, c.id]);
    expect((await operator.directory.clients.byId({ id: a.id })).mergedInto?.id).toBe(c.id);
    for (const address of [a.email, b.email]) expect(await found(String(address))).toEqual([c.id]);
    expect(await refusalDetails(operator.directory.clients.undoMerge({ id: first.mergeId }))).toEqual({
      reasons: [{ code: "merged_on", intoId: c.id }],
    });
    await operator.directory.clients.undoMerge({ id: second.mergeId });
    expect(await everything()).toEqual(between);
    expect(await owners()).toEqual([b.id, b.id, c.id]);
    await operator.directory.clients.undoMerge({ id: first.mergeId });
    expect(await everything()).toEqual(before);
    expect(await owners()).toEqual([a.id, b.id, c.id]);
  });

  test("leaves an address that another merge has brought too", async () => {
    const shared = "family@exemple.fr";
    const { old } = await twoRecords();
    const one = await operator.directory.clients.create({ name: "One", email: shared });
    const other = await operator.directory.clients.create({ name: "Other", email: shared });
    const first = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [one.id] });
    const second = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [other.id] });
    const { client } = await operator.directory.clients.undoMerge({ id: first.mergeId });
    expect(client.aliases).toEqual([
      { kind: "name", value: "Other" },
      { kind: "email", value: shared },
    ]);
    await operator.directory.clients.undoMerge({ id: second.mergeId });
    expect((await operator.directory.clients.byId({ id: old.id })).aliases).toEqual([]);
  });
});

describe("records side by side", () => {
  test("show what hangs on each, and the fuller one first", async () => {
    const { old, young } = await twoRecords();
    const next = await book(young.id);
    await operator.notes.add({ appointmentId: next, kind: "internal", body: "Prefers mornings" });
    const { records, suggestedId } = await operator.directory.clients.compare({ ids: [old.id, young.id] });
    expect(records.map(({ id, appointments, notes }) => [id, appointments, notes])).toEqual([
      [old.id, 0, 0],
      [young.id, 1, 1],
    ]);
    expect(records[1]?.latestNotes).toMatchObject([{ body: "Prefers mornings" }]);
    expect([records[1]?.lastAt, records[1]?.nextAt?.slice(0, 7)]).toEqual([null, "2026-11"]);
    expect(suggestedId).toBe(young.id);
  });

  const plain = {
    appointments: 0,
    subjects: 0,
    notes: 0,
    email: null,
    phone: null,
    company: null,
    siret: null,
  };
  const [older, newer] = ["2024-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"];
  test.each([
    [
      "the one with more to its name",
      { appointments: 2, createdAt: newer },
      { email: "a@b.fr", phone: "+33", createdAt: older },
    ],
    [
      "with as much, the one with more fields",
      { notes: 1, phone: "+33", createdAt: newer },
      { subjects: 1, createdAt: older },
    ],
    ["alike, the older", { email: "a@b.fr", createdAt: older }, { phone: "+33", createdAt: newer }],
  ])("suggest %s", (_, best, other) => {
    const records = [
      { ...plain, ...other, id: "other" },
      { ...plain, ...best, id: "best" },
    ];
    expect(suggestKept(records)).toBe("best");
    expect(suggestKept(records.toReversed())).toBe("best");
  });
});

test("another organization neither compares, merges nor takes back", async () => {
  const { old, young } = await twoRecords();
  const { mergeId } = await operator.directory.clients.merge({ keepId: old.id, mergeIds: [young.id] });
  const before = await everything();
  const { clients } = stranger.directory;
  const mine = await clients.create({ name: "Theirs" });
  for (const attempt of [
    () => clients.undoMerge({ id: mergeId }),
    () => clients.compare({ ids: [old.id, mine.id] }),
    () => clients.merge({ keepId: mine.id, mergeIds: [old.id] }),
    () => clients.byId({ id: young.id }),
  ])
    expect(await refusal(attempt())).toBe("not_found");
  expect(await everything()).toEqual(before);
  const viewer = await offices.as("viewer", office);
  expect(await refusal(viewer.directory.clients.undoMerge({ id: mergeId }))).toBe("forbidden");
  const provider = await offices.as("provider", office);
  expect(await refusal(provider.directory.clients.undoMerge({ id: mergeId }))).toBe("forbidden");
});
