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

test("the list of clients is searched by plate too, and only in one's own organization", async () => {
  const { clients, subjects } = operator.directory;
  const owner = await clients.create({ name: "Plate Owner" });
  await subjects.create({ kind: "vehicle", reference: "kl-987-mn", clientId: owner.id });
  for (const search of ["KL-987-MN", "kl987", "plate ow"]) {
    expect(
      (await clients.list({ search })).items.map(({ id }) => id),
      search,
    ).toEqual([owner.id]);
    expect((await stranger.directory.clients.list({ search })).items, search).toEqual([]);
  }
});

test("doubles share a phone, an e-mail, or a name that nothing contradicts", async () => {
  const { clients } = operator.directory;
  const first = await clients.create({ name: "Zoé Müller", phone: "0611111111", email: "zoe@exemple.fr" });
  const phone = await clients.create({ name: "Z. M.", phone: "+33611111111" });
  const name = await clients.create({ name: "zoe muller" });
  const both = await clients.create({ name: "ZOÉ MULLER", email: "zoe@exemple.fr" });
  await clients.create({ name: "Zoé Müller", phone: "0622222222", email: "other@exemple.fr" });
  await stranger.directory.clients.create({ name: "Zoé Müller", phone: "0611111111" });
  const { items } = await clients.duplicates({ id: first.id });
  expect(items.map(({ id, because }) => [id, because])).toEqual([
    [phone.id, ["phone"]],
    [name.id, ["name"]],
    [both.id, ["email", "name"]],
  ]);
  await clients.merge({ keepId: first.id, mergeIds: items.map(({ id }) => id) });
  expect((await clients.duplicates({ id: first.id })).items).toEqual([]);
  expect(await refusal(stranger.directory.clients.duplicates({ id: first.id }))).toBe("not_found");
});
