import { createProvider, createService, createSite, createUser, unique } from "@creneau/db/testing/factories";
import { type Examples, getCountries, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, type Offices, openOffices } from "./office.fixture.ts";

let offices: Offices;
let operator: Caller;
let stranger: Caller;
beforeAll(async () => {
  offices = await openOffices();
  operator = await offices.as("operator", offices.office);
  stranger = await offices.as("owner", offices.neighbour);
});
afterAll(() => offices.close());

async function found(query: string, caller = operator): Promise<string[]> {
  return (await caller.directory.clients.search({ query })).items.map(({ name }) => name);
}

describe("however they are spelt, clients", () => {
  it.each([
    ["N'Guyên-d'Hœuf", ["nguyen", "N’GUYEN", "n'guyên", "nguyen dhoeuf", "hœuf", "HOEUF", "d'hoeuf nguyen"]],
    ["Vũ Thị Đào", ["vu thi dao", "ĐÀO", "VŨ", "Thị".normalize("NFD"), "thị đ"]],
    ["Łukasz Wałęsa", ["lukasz", "walesa", "WAŁĘSA"]],
    ["Işıl Yıldırım", ["isil", "IŞIL", "yildirim", "YILDIRIM"]],
    ["Weiß Straßer", ["weiss", "WEISS", "strasser", "weiß"]],
    ["Lætitia Œuvrard", ["laetitia", "LÆTITIA", "oeuvrard"]],
    ["Marie-Ève  Le Goff", ["marie eve", "marie-eve", "Marie‑Ève", "le  goff"]],
    ["Ｔａｎａｋａ Ｋｅｎ", ["tanaka", "ken"]],
    ["O’Connor", ["oconnor", "o'connor", "O’Connor", "o`connor"]],
  ])("%s are found", async (name, queries) => {
    await operator.directory.clients.create({ name });
    for (const query of queries) {
      expect(await found(query), query).toEqual([expect.stringContaining(name.slice(0, 2).normalize("NFC"))]);
      expect(await found(query, stranger), query).toEqual([]);
      const { items } = await operator.directory.clients.list({ search: query });
      expect(items.length, query).toBe(1);
    }
  });

  it("are one client, in whatever spelling they come back", async () => {
    const { office } = offices;
    const ids = [];
    for (const [hour, name] of [
      ["09", "Anne-Cécile D'Œuvre"],
      ["10", "ANNE CECILE D’OEUVRE"],
      ["11", "anne  cécile doeuvre".normalize("NFD")],
    ]) {
      const { appointment } = await operator.appointments.create({
        providerId: office.providerId,
        startsAt: `2026-11-23T${hour}:00:00.000Z`,
        client: { name: name ?? "", email: "anne@exemple.fr" },
      });
      ids.push(appointment.clientId);
    }
    expect(new Set(ids).size).toBe(1);
  });
});

describe("a plate or a number", () => {
  it("is one subject, and found, however it is typed", async () => {
    const client = await operator.directory.clients.create({ name: "Aude Plaque" });
    const car = await operator.directory.subjects.create({
      kind: "vehicle",
      reference: "ÀB-123-CD",
      clientId: client.id,
    });
    expect(car.reference).toBe("AB123CD");
    await expect(
      operator.directory.subjects.create({ kind: "vehicle", reference: "ａｂ 123 cd" }),
    ).rejects.toThrow();
    await operator.directory.subjects.create({
      kind: "file",
      reference: "Dossier_É-2026/014",
      clientId: client.id,
    });
    for (const query of [
      "AB-123-CD",
      "àb123",
      "ab 123 cd",
      "AB–123–CD",
      "dossier é 2026",
      "DOSSIER-E-2026-014",
      "dossier_é-2026/014",
    ]) {
      expect(await found(query), query).toEqual(["Aude Plaque"]);
      expect((await operator.directory.subjects.list({ search: query })).items.length, query).toBe(1);
    }
    const { office } = offices;
    const { appointment } = await operator.appointments.create({
      providerId: office.providerId,
      startsAt: "2026-11-24T09:00:00.000Z",
      clientId: client.id,
      subject: { kind: "file", reference: "Dossier_É-2026/014" },
    });
    const day = { from: "2026-11-24T00:00:00Z", to: "2026-11-25T00:00:00Z" };
    for (const search of ["é-2026/014", "DOSSIER_E-2026/014", "plaque", "aude"]) {
      const { items } = await operator.appointments.list({ ...day, search });
      expect(
        items.map(({ id }) => id),
        search,
      ).toEqual([appointment.id]);
    }
    for (const search of ["%", "_", "nobody", "é-2027"]) {
      expect((await operator.appointments.list({ ...day, search })).items, search).toEqual([]);
    }
  });
});

describe("a phone number at a site overseas", () => {
  it("is read there, is one client in every form, and is found by its national form", async () => {
    const { database, office } = offices;
    const { organization } = office;
    const site = await createSite(database, organization, { timezone: "Indian/Reunion" });
    const username = unique("docteur");
    const user = await createUser(database, { username });
    const provider = await createProvider(database, organization, { siteId: site.id, userId: user.id });
    const service = await createService(database, organization, { providerIds: [provider.id] });
    const ids = new Set<string | null>();
    for (const [hour, phone] of [
      "0692 12 34 56",
      "+262 692 12 34 56",
      "00262692123456",
      "0692.12.34.56",
    ].entries()) {
      const { appointment } = await operator.appointments.create({
        providerId: provider.id,
        startsAt: `2026-11-23T1${hour}:00:00.000Z`,
        client: { name: "Expédit Hoarau", phone },
        attendees: [{ name: "Témoin", phone: "0693 00 00 01" }],
      });
      ids.add(appointment.clientId);
      expect(appointment.clientPhone).toBe("+262692123456");
      const { attendees } = await operator.appointments.byId({ id: appointment.id });
      expect(attendees[0]?.phone).toBe("+262693000001");
    }
    const visitor = offices.visitor();
    const target = { username, serviceSlug: service.slug };
    const client = { name: "Expédit Hoarau", phone: "0692 12 34 56" };
    const booked = await visitor.booking.book({ ...target, startsAt: "2026-11-24T06:00:00Z", client });
    const hold = await visitor.booking.hold({ ...target, startsAt: "2026-11-24T07:00:00Z" });
    const confirmed = await visitor.booking.confirm({ holdToken: hold.holdToken, client });
    for (const { appointmentId } of [booked, confirmed])
      ids.add((await operator.appointments.byId({ id: appointmentId })).clientId);
    expect(ids.size).toBe(1);
    for (const query of [
      "0692 12 34 56",
      "0692123456",
      "06 92 12",
      "+262 692 12 34 56",
      "0262 692 12 34 56".replace("0", "00"),
    ])
      expect(await found(query), query).toEqual(["Expédit Hoarau"]);
    // The same ten digits in Paris are Réunion's too, and those of Paris stay where they are.
    const atHome = await operator.directory.clients.create({ name: "Paul Home", phone: "06 12 34 56 79" });
    expect(atHome.phone).toBe("+33612345679");
    const again = await operator.directory.clients.create({ name: "Expédit Hoarau", phone: "0692 12 34 56" });
    expect(again.duplicateIds).toEqual([...ids]);
  });

  it("is read by the sites of the seat that writes it down, and by those of the site it belongs to", async () => {
    const { database, neighbour } = offices;
    const site = await createSite(database, neighbour.organization, { timezone: "Europe/Zurich" });
    const manager = await offices.as("manager", neighbour, { siteIds: [site.id] });
    const client = await manager.directory.clients.create({ name: "Urs", phone: "079 123 45 67" });
    expect(client.phone).toBe("+41791234567");
    const owner = stranger.directory;
    expect((await owner.clients.create({ name: "Ana", phone: "06 12 34 56 78" })).phone).toBe("+33612345678");
    const changed = await owner.sites.update({ id: site.id, phone: "044 123 45 67" });
    expect(changed.phone).toBe("+41441234567");
    const moved = await owner.sites.update({
      id: site.id,
      timezone: "Europe/Paris",
      postalCode: "97200",
      phone: "0596 12 34 56",
    });
    expect(moved.phone).toBe("+596596123456");
    expect(
      (await owner.organization.update({ timezone: "Indian/Mayotte", phone: "0269 61 00 00" })).phone,
    ).toBe("+262269610000");
  });
});

it("every country's numbers are found by their national form", async () => {
  const missed: string[] = [];
  const rows = getCountries().flatMap((country) => {
    const example = getExampleNumber(country, examples as Examples);
    // Argentina dials mobiles at home by a prefix in the middle, which no part of the number is.
    return example && country !== "AR"
      ? [{ country, number: example.number, national: example.formatNational() }]
      : [];
  });
  expect(rows.length).toBeGreaterThan(230);
  const known = await offices.rows<{ number: string; national: string }>(
    offices.office,
    "SELECT n.number, fold_text(concat_ws(' ', n.number, national_phone(n.number))) AS national FROM unnest($1::text[]) AS n(number)",
    [rows.map(({ number }) => number)],
  );
  for (const { country, number, national } of rows) {
    const kept = known.find((row) => row.number === number)?.national ?? "";
    if (!kept.includes(national.replace(/\D/g, ""))) missed.push(`${country} ${number} ${national}: ${kept}`);
  }
  expect(missed).toEqual([]);
});
