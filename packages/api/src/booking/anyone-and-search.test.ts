import { inTenant } from "@creneau/db/in-tenant";
import { createProvider, createRoom, createSite } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, dateIn, noonIn, startBooking } from "./booking.fixture.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

const code = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;

describe("anyone", () => {
  it("shares bookings fairly, says why, and falls to the next when one is taken", async () => {
    const practice = await createPractice(world.database, { providers: 3 });
    const { serviceSlug, organization } = practice;
    const target = { username: organization.slug, serviceSlug };
    const counts = new Map<string, number>();
    for (let index = 0; index < 9; index++) {
      const { providerId } = await world.visit().hold({ ...target, startsAt: noonIn(3, index * 30) });
      counts.set(providerId, (counts.get(providerId) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual([3, 3, 3]);
    // Three at one time take all three, a fourth finds nobody.
    const together = await Promise.all(
      [0, 1, 2].map(() =>
        world.visit({ bookingLimits: { liveHolds: 50 } }).hold({ ...target, startsAt: noonIn(6) }),
      ),
    );
    expect(new Set(together.map(({ providerId }) => providerId)).size).toBe(3);
    const fourth = await world
      .visit({ bookingLimits: { liveHolds: 50 } })
      .hold({ ...target, startsAt: noonIn(6) })
      .catch((error: unknown) => error);
    expect(code(fourth)).toBe("slot_taken");
    const notes = await world.run<{ body: string; kind: string }>(
      "SELECT body, kind FROM note WHERE organization_id = $1",
      [organization.id],
    );
    expect(notes).toHaveLength(12);
    expect(notes.every(({ kind, body }) => kind === "system" && body.startsWith("Attribué à"))).toBe(true);
    const audits = await world.run(
      "SELECT diff FROM audit WHERE organization_id = $1 AND action = 'appointment.assigned'",
      [organization.id],
    );
    expect(audits).toHaveLength(12);
  });

  it("needs a skill and a room, and no more rooms than there are", async () => {
    const practice = await createPractice(world.database, { providers: 3, service: { needsRoom: true } });
    const { serviceSlug, organization, site, team } = practice;
    const target = { username: organization.slug, serviceSlug };
    const full = { bookingLimits: { liveHolds: 50 } };
    expect((await world.visit().slots({ ...target, from: dateIn(3), to: dateIn(3) })).days).toEqual([]);
    await createRoom(world.database, organization, { siteId: site.id });
    await createRoom(world.database, organization, { siteId: site.id });
    const outcomes = await Promise.allSettled(
      [0, 1, 2].map(() => world.visit(full).hold({ ...target, startsAt: noonIn(3) })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await world.run("UPDATE service SET required_skills = '{Gaz}' WHERE organization_id = $1", [
      organization.id,
    ]);
    await world.run("UPDATE provider SET skills = '{Gaz}' WHERE id = $1", [team[1]?.id]);
    expect((await world.visit(full).hold({ ...target, startsAt: noonIn(4) })).providerId).toBe(team[1]?.id);
  });

  it("never exceeds a daily limit nor a site's capacity, however many come at once", async () => {
    const practice = await createPractice(world.database, { providers: 2 });
    const { serviceSlug, organization, username } = practice;
    await world.run("UPDATE provider SET daily_limit = 2 WHERE id = $1", [practice.provider.id]);
    const full = { bookingLimits: { liveHolds: 50 } };
    const hold = (name: string, minutes: number, day: number) =>
      world.visit(full).hold({ username: name, serviceSlug, startsAt: noonIn(day, minutes) });
    const limited = await Promise.allSettled(
      [0, 30, 60, 90, 120].map((minutes) => hold(username, minutes, 3)),
    );
    expect(limited.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    const { days } = await world.visit().slots({ username, serviceSlug, from: dateIn(3), to: dateIn(3) });
    expect(days).toEqual([]);
    await world.run("UPDATE site SET daily_capacity = 3 WHERE organization_id = $1", [organization.id]);
    const capped = await Promise.allSettled(
      [0, 30, 60, 90, 120].map((minutes) => hold(organization.slug, minutes, 5)),
    );
    expect(capped.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });
});

describe("search", () => {
  it("finds the first free times around a point or a postal code", async () => {
    const practice = await createPractice(world.database);
    const { organization, serviceId, serviceSlug } = practice;
    const place = async (
      slug: string,
      latitude: number,
      longitude: number,
      { postalCode, city }: { postalCode: string; city: string },
    ) => {
      const site = await createSite(world.database, organization, { slug });
      const provider = await createProvider(world.database, organization, { siteId: site.id });
      await inTenant(world.database, organization.scope, async ({ db }) => {
        await db.site.updateMany({
          where: { id: site.id },
          data: { name: `Centre ${slug}`, latitude, longitude, postalCode, city },
        });
        await db.serviceProvider.create({
          data: { organizationId: organization.id, serviceId, providerId: provider.id },
        });
      });
      return provider.id;
    };
    const near = await place("lyon", 45.76, 4.84, { postalCode: "69003", city: "Lyon" });
    await place("villeurbanne", 45.77, 4.88, { postalCode: "69100", city: "Villeurbanne" });
    await place("marseille", 43.3, 5.37, { postalCode: "13014", city: "Marseille" });
    const question = { organizationSlug: organization.slug, serviceSlug, radiusKm: 20 };
    const found = await world.visit().search({ ...question, postalCode: "69003" });
    expect(found.sites.map(({ site, distanceKm }) => [site.slug, Math.round(distanceKm)])).toEqual([
      ["lyon", 0],
      ["villeurbanne", 3],
    ]);
    expect(found.sites[0]?.slots).toHaveLength(3);
    const towards = async (wanted: { place: string } | { postalCode: string }) => {
      const { origin, sites } = await world.visit().search({ ...question, ...wanted, order: "nearest" });
      return [origin.label, origin.isApproximate, ...sites.map(({ site }) => site.slug)];
    };
    // By town, whatever the accents and however much of it; by a site's own name; by the neighbouring code.
    expect(await towards({ place: "MÀRS" })).toEqual(["Marseille", false, "marseille"]);
    expect(await towards({ place: "centre villeurb" })).toEqual([
      "Villeurbanne",
      false,
      "villeurbanne",
      "lyon",
    ]);
    expect(await towards({ postalCode: "13001" })).toEqual([null, true, "marseille"]);
    // A word of every site's name is no place, and a letter that means something to LIKE means nothing here.
    for (const nowhere of ["centre", "%%", "\\_"])
      expect(code(await towards({ place: nowhere }).catch((error: unknown) => error)), nowhere).toBe(
        "not_found",
      );
    // Busy until tomorrow: the neighbour comes first.
    await inTenant(world.database, organization.scope, ({ db }) =>
      db.timeOff.create({
        data: {
          organizationId: organization.id,
          providerId: near,
          startsAt: new Date(Date.now() - 3_600_000),
          endsAt: new Date(noonIn(2)),
        },
      }),
    );
    await expect
      .poll(
        async () => (await world.visit().search({ ...question, lat: 45.76, lon: 4.84 })).sites[0]?.site.slug,
        { timeout: 20_000 },
      )
      .toBe("villeurbanne");
    // Away for longer than the first look reaches, but not for the second: the times are told, though last.
    await inTenant(world.database, organization.scope, ({ db }) =>
      db.timeOff.create({
        data: {
          organizationId: organization.id,
          providerId: near,
          startsAt: new Date(noonIn(1)),
          endsAt: new Date(noonIn(12)),
        },
      }),
    );
    const lyon = async () => {
      const { sites } = await world.visit().search({ ...question, lat: 45.76, lon: 4.84 });
      expect(sites.map(({ site }) => site.slug)).toEqual(["villeurbanne", "lyon"]);
      return sites[1]?.slots.map(({ startsAt }) => startsAt);
    };
    await expect.poll(lyon, { timeout: 20_000 }).toEqual([noonIn(12), noonIn(12, 15), noonIn(12, 30)]);
    const far = await world.visit().search({ ...question, postalCode: "97411", radiusKm: 50 });
    expect(far.sites).toEqual([]);
    expect(
      code(
        await world
          .visit()
          .search({ ...question, postalCode: "00000" })
          .catch((error: unknown) => error),
      ),
    ).toBe("not_found");
  });
});
