import { createMembership, createUser, unique } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPractice, dateIn, noonIn, refusal, startBooking } from "../booking/booking.fixture.ts";
import { testSession } from "../context.fixture.ts";
import { createOrganization } from "../identity/create-organization.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

type Practice = Awaited<ReturnType<typeof createPractice>>;

/** The API as the person behind an account sees it. */
function as({ organization }: Practice, userId: string) {
  const session = testSession({ organizationId: organization.id, role: "owner" }, { id: userId });
  return createCallerFactory(appRouter)({
    ...world.services,
    session,
    requestId: "test",
    address: "192.0.2.9",
  }).members;
}

/** A practice with an owner who has an account beside the provider. */
async function newPractice() {
  const practice = await createPractice(world.database);
  const other = await createUser(world.database);
  for (const userId of [practice.provider.userId, other.id])
    await createMembership(world.database, practice.organization, { userId, role: "owner" });
  return { ...practice, owner: as(practice, practice.provider.userId), colleague: as(practice, other.id) };
}

const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "accepted",
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );
const ageReleased = (username: string, days: number) =>
  world.run("UPDATE released_username SET released_at = now() - $2 * interval '1 day' WHERE username = $1", [
    username,
    days,
  ]);

it("a name that was given up leads to the present one, and still books", async () => {
  const { owner, username: former, serviceSlug, site } = await newPractice();
  const present = unique("docteur");
  await owner.setUsername({ username: present });
  const visitor = world.visit();
  expect((await visitor.page({ username: present })).username).toBe(present);
  expect((await visitor.page({ username: former })).username).toBe(present);
  expect((await visitor.page({ username: former.toUpperCase() })).username).toBe(present);
  const target = { username: former, serviceSlug };
  expect((await visitor.slots({ ...target, from: dateIn(3), to: dateIn(3) })).days).toHaveLength(1);
  const booked = await visitor.book({
    ...target,
    siteSlug: site.slug,
    startsAt: noonIn(3),
    client: { name: "Léa", email: "lea@example.test" },
  });
  expect(booked.status).toBe("confirmed");
  // Through two changes, too.
  const latest = unique("docteur");
  await owner.setUsername({ username: latest });
  await expect
    .poll(async () => (await visitor.page({ username: former })).username, { timeout: 10_000 })
    .toBe(latest);
});

it("nobody else can take it for a year: no colleague, no other organization, neither as a person nor as a slug", async () => {
  const practice = await newPractice();
  const stranger = await newPractice();
  const { username: former } = practice;
  await practice.owner.setUsername({ username: unique("docteur") });
  for (const other of [practice.colleague, stranger.owner]) {
    expect(await other.usernameAvailable({ username: former })).toEqual({
      available: false,
      reason: "taken",
    });
    expect(await code(other.setUsername({ username: former }))).toBe("already_exists");
  }
  // Not past the check either.
  await expect(
    world.run('UPDATE "user" SET username = $1 WHERE id = $2', [former, stranger.provider.userId]),
  ).rejects.toMatchObject({
    code: "23505",
  });
  await expect(createUser(world.database, { username: former })).rejects.toThrow();
  const made = await createOrganization(world.database, {
    name: former,
    email: `${former}@example.test`,
    passwordHash: "x",
    preset: "solo",
    timezone: "Europe/Paris",
    locale: "fr",
    slotMinutes: 15,
  });
  expect(made.slug).not.toBe(former);
  await ageReleased(former, 364);
  expect(await code(stranger.owner.setUsername({ username: former }))).toBe("already_exists");
  await ageReleased(former, 367);
  expect((await refusal(world.visit().page({ username: former }))).code).toBe("not_found");
  expect(await stranger.owner.usernameAvailable({ username: former })).toEqual({
    available: true,
    reason: null,
  });
  expect(await code(stranger.owner.setUsername({ username: former }))).toBe("accepted");
  expect((await world.visit().page({ username: former })).organization.slug).toBe(stranger.organization.slug);
});

it("its owner takes it back whenever they like; given up for none, it leads nowhere and stays theirs", async () => {
  const practice = await newPractice();
  const stranger = await newPractice();
  const { owner, username: former } = practice;
  await owner.setUsername({ username: null });
  expect((await refusal(world.visit().page({ username: former }))).code).toBe("not_found");
  expect(await code(stranger.owner.setUsername({ username: former }))).toBe("already_exists");
  expect(await owner.usernameAvailable({ username: former })).toEqual({ available: true, reason: null });
  const between = unique("docteur");
  await owner.setUsername({ username: between });
  await owner.setUsername({ username: former });
  expect((await world.visit().page({ username: former })).username).toBe(former);
  expect((await world.visit().page({ username: between })).username).toBe(former);
});
