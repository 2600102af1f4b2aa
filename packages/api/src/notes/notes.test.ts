import { inTenantSql } from "@creneau/db/in-tenant";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Offices, openOffices, refusal } from "../directory/office.fixture.ts";
import { listSharedNotes } from "./queries.ts";

let offices: Offices;
let appointmentId: string;
beforeAll(async () => {
  offices = await openOffices();
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const { appointment } = await owner.appointments.create({
    providerId: office.providerId,
    serviceId: office.serviceId,
    startsAt: "2026-11-23T09:00:00.000Z",
    client: { name: "Client", phone: "0600000000" },
  });
  appointmentId = appointment.id;
});
afterAll(() => offices.close());

const shared = () =>
  inTenantSql(offices.database, offices.office.organization.scope, (tx) =>
    listSharedNotes(tx, appointmentId),
  );

test("an internal note reaches the client only once it is shared", async () => {
  const { api, userId } = await offices.member("operator", offices.office);
  const internal = await api.notes.add({ appointmentId, kind: "internal", body: "Secret remark" });
  await offices.rows(
    offices.office,
    "INSERT INTO note (organization_id, id, appointment_id, kind, body, shared_at, updated_at) VALUES ($1, uuid_v7(), $2, 'system', 'Moved by the system', now(), now())",
    [offices.office.organization.id, appointmentId],
  );
  const open = await api.notes.add({ appointmentId, kind: "shared", body: "Bring your papers" });
  expect(open.author).toMatchObject({ kind: "user", id: userId });
  expect((await shared()).map(({ body }) => body)).toEqual(["Bring your papers"]);
  await api.notes.share({ id: internal.id });
  expect((await shared()).map(({ body }) => body).toSorted()).toEqual(["Bring your papers", "Secret remark"]);
  expect((await api.notes.list({ appointmentId })).items.map(({ kind }) => kind).toSorted()).toEqual([
    "shared",
    "shared",
    "system",
  ]);
});

test("nobody writes, shares or removes a system note", async () => {
  const owner = await offices.as("owner", offices.office);
  expect(await refusal(owner.notes.add({ appointmentId, kind: "system" as "shared", body: "Fake" }))).toBe(
    "invalid_input",
  );
  const system = (await owner.notes.list({ appointmentId })).items.find(({ kind }) => kind === "system");
  expect(system?.canChange).toBe(false);
  expect(await refusal(owner.notes.remove({ id: system?.id ?? "" }))).toBe("forbidden");
  expect(await refusal(owner.notes.share({ id: system?.id ?? "" }))).toBe("forbidden");
});

test("only its author or an administrator removes a note; the audit does not keep its words", async () => {
  const { office } = offices;
  const author = await offices.as("provider", office);
  const colleague = await offices.as("manager", office);
  const admin = await offices.as("admin", office);
  const [first, second] = [
    await author.notes.add({ appointmentId, kind: "internal", body: "Zebra one" }),
    await author.notes.add({ appointmentId, kind: "internal", body: "Zebra two" }),
  ];
  expect(await refusal(colleague.notes.remove({ id: first.id }))).toBe("forbidden");
  expect(await refusal(author.notes.remove({ id: first.id }))).toBe("accepted");
  expect(await refusal(admin.notes.remove({ id: second.id }))).toBe("accepted");
  const traces = JSON.stringify([
    await offices.rows(office, "SELECT * FROM audit WHERE entity = 'note'"),
    await offices.rows(office, "SELECT type, payload FROM event WHERE type LIKE 'note.%'"),
  ]);
  expect(traces).toContain("note.removed");
  expect(traces).not.toContain("Zebra");
});

test("viewers, other sites and other organizations read none", async () => {
  const { office, neighbour } = offices;
  expect(await refusal((await offices.as("viewer", office)).notes.list({ appointmentId }))).toBe("forbidden");
  const elsewhere = await offices.as("manager", office, { siteIds: [office.otherSiteId] });
  const stranger = await offices.as("owner", neighbour);
  const note = await (await offices.as("owner", office)).notes.add({
    appointmentId,
    kind: "internal",
    body: "Ours",
  });
  for (const caller of [elsewhere, stranger]) {
    expect(await refusal(caller.notes.list({ appointmentId }))).toBe("not_found");
    expect(await refusal(caller.notes.add({ appointmentId, kind: "internal", body: "X" }))).toBe("not_found");
    expect(await refusal(caller.notes.remove({ id: note.id }))).toBe("not_found");
    expect(await refusal(caller.notes.share({ id: note.id }))).toBe("not_found");
  }
});
