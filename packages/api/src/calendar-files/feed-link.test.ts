import { afterAll, beforeAll, expect, test } from "vitest";
import { type Offices, openOffices, refusal } from "../directory/office.fixture.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

const open = (feeds: { items: { providerId: string; isOpen: boolean }[] }) =>
  feeds.items.filter(({ isOpen }) => isOpen).map(({ providerId }) => providerId);

test("a provider sees and opens their own feed, an administrator everybody's, nobody another organization's", async () => {
  const { office, neighbour } = offices;
  const provider = await offices.as("provider", office, { providerId: office.providerId });
  const admin = await offices.as("admin", office);
  const viewer = await offices.as("viewer", office);
  const { url } = await provider.calendarFeed.renew({});
  expect(url).toMatch(/^http:\/\/localhost:3000\/api\/ics\/[\w-]+\.ics$/);
  expect((await provider.calendarFeed.list()).items).toEqual([
    { providerId: office.providerId, name: expect.any(String), isOwn: true, isOpen: true },
  ]);
  expect(open(await admin.calendarFeed.list())).toEqual([office.providerId]);
  expect((await admin.calendarFeed.list()).items).toHaveLength(2);
  expect((await viewer.calendarFeed.list()).items).toEqual([]);
  expect(await refusal(viewer.calendarFeed.renew({ providerId: office.providerId }))).toBe("forbidden");
  const elsewhere = await offices.as("owner", neighbour);
  expect(open(await elsewhere.calendarFeed.list())).toEqual([]);
  expect(await refusal(elsewhere.calendarFeed.close({ providerId: office.providerId }))).toBe("not_found");
  await admin.calendarFeed.close({ providerId: office.providerId });
  expect(open(await provider.calendarFeed.list())).toEqual([]);
});

test("a feed dies with the seat of the person who knows its address", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const member = await offices.member("provider", office, { providerId: office.otherProviderId });
  await owner.directory.providers.update({ id: office.otherProviderId, userId: member.userId });
  await member.api.calendarFeed.renew({});
  expect(open(await owner.calendarFeed.list())).toEqual([office.otherProviderId]);
  await owner.members.remove({ id: member.membershipId });
  expect(open(await owner.calendarFeed.list())).toEqual([]);
});
