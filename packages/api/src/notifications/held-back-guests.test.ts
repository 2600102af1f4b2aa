import { createMembership, createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPractice, noonIn, refusal, startBooking } from "../booking/booking.fixture.ts";
import { testSession } from "../context.fixture.ts";
import type { Mail } from "../messages/open-mailer.ts";
import { appRouter } from "../root.ts";
import { createCallerFactory } from "../trpc.ts";
import { notifyAppointment } from "./notify-appointment.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

type Practice = Awaited<ReturnType<typeof createPractice>>;

/** Sends whatever is due about an appointment; answers the mails that left. */
async function tell({ organization }: Practice, appointmentId: string, change = "created"): Promise<Mail[]> {
  const sent: Mail[] = [];
  const [row] = await world.run<{ version: number }>("SELECT version FROM appointment WHERE id = $1", [
    appointmentId,
  ]);
  await notifyAppointment(
    { organizationId: organization.id, appointmentId, change, version: row?.version ?? 0 },
    {
      ...world.services,
      appUrl: "https://creneau.example",
      mailer: {
        address: "no-reply@creneau.example",
        send: async (mail) => void sent.push(mail),
        close: () => undefined,
      },
    },
  );
  return sent;
}

let people = 0;
/** A booking of a visitor who invites two others; each time somebody else. */
async function bookWithGuests(practice: Practice, client: object = {}) {
  people += 1;
  const email = `lea${people}@example.test`;
  const guests = [`ami${people}@example.test`, `amie${people}@example.test`];
  const booked = await world.visit().book({
    ...practice,
    startsAt: noonIn(2 + people),
    client: { name: "Léa Petit", email, ...client },
    attendees: guests.map((guest) => ({ name: "Ami", email: guest })),
  });
  return { ...booked, email, guests };
}

async function staffOf({ organization }: Practice) {
  const user = await createUser(world.database);
  await createMembership(world.database, organization, { userId: user.id, role: "operator" });
  const session = testSession({ organizationId: organization.id, role: "operator" }, { id: user.id });
  return createCallerFactory(appRouter)({
    ...world.services,
    session,
    requestId: "test",
    address: "192.0.2.9",
  });
}

const to = (mails: Mail[]) => mails.map((mail) => mail.to).sort();

describe("whom a visitor invites", () => {
  it("is told nothing before the visitor's own address has answered, then once", async () => {
    const practice = await createPractice(world.database);
    const { appointmentId, manageToken, email, guests } = await bookWithGuests(practice);
    const [mail, ...others] = await tell(practice, appointmentId);
    expect(others).toEqual([]);
    expect(mail?.to).toBe(email);
    expect(mail?.text).toContain("ne sont pas encore prévenues");
    const link = /Prévenir mes invités\u00a0: https:\/\/creneau\.example\/fr\/portal\/([\w-]+)#([\w-]+)/.exec(
      mail?.text ?? "",
    );
    expect(link?.[2]).toBe(appointmentId);
    const portalToken = link?.[1] ?? "";
    expect(await world.visit().manage({ manageToken })).toMatchObject({ heldBackGuests: 2 });
    // Looking changes nothing, and what the browser of the booking knows does not open it.
    expect((await world.visit().portal({ portalToken })).bookings[0]).toMatchObject({ heldBackGuests: 2 });
    expect((await refusal(world.visit().tellGuests({ portalToken: manageToken, appointmentId }))).code).toBe(
      "not_found",
    );
    expect(await tell(practice, appointmentId)).toEqual([]);
    expect(await world.visit().tellGuests({ portalToken, appointmentId })).toEqual({ told: 2 });
    expect(await world.visit().tellGuests({ portalToken, appointmentId })).toEqual({ told: 0 });
    const told = await tell(practice, appointmentId, "updated");
    expect(to(told)).toEqual([...guests].sort());
    for (const { subject, text } of told) {
      expect(subject).toMatch(/^Rendez-vous confirmé/);
      expect(text).not.toContain("pas encore prévenues");
    }
    expect(await tell(practice, appointmentId, "updated")).toEqual([]);
    expect(await world.visit().manage({ manageToken })).toMatchObject({ heldBackGuests: 0, version: 2 });
  });

  it("is told nothing by the link of anybody else, nor of what does not take place", async () => {
    const practice = await createPractice(world.database);
    const [one, two] = [await bookWithGuests(practice), await bookWithGuests(practice)];
    const portalOf = async ({ appointmentId }: typeof one) =>
      /portal\/([\w-]+)/.exec((await tell(practice, appointmentId))[0]?.text ?? "")?.[1] ?? "";
    const [first, second] = [await portalOf(one), await portalOf(two)];
    const attempt = (portalToken: string, appointmentId: string) =>
      refusal(world.visit().tellGuests({ portalToken, appointmentId }));
    expect((await attempt(first, two.appointmentId)).code).toBe("not_found");
    await world.visit().cancel({ manageToken: two.manageToken });
    expect((await attempt(second, two.appointmentId)).code).toBe("invalid_transition");
    expect(to(await tell(practice, two.appointmentId, "cancelled"))).toEqual([two.email]);
  });

  it("is told when staff confirm the request, or say so", async () => {
    const practice = await createPractice(world.database, { service: {} });
    await world.run("UPDATE service SET needs_approval = true WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    const staff = await staffOf(practice);
    const asked = await bookWithGuests(practice);
    expect(asked.status).toBe("pending");
    expect(to(await tell(practice, asked.appointmentId))).toEqual([asked.email]);
    await staff.appointments.setStatus({ id: asked.appointmentId, version: 1, status: "confirmed" });
    expect(to(await tell(practice, asked.appointmentId, "confirmed"))).toEqual(
      [asked.email, ...asked.guests].sort(),
    );

    await world.run("UPDATE service SET needs_approval = false WHERE organization_id = $1", [
      practice.organization.id,
    ]);
    const byPhone = await bookWithGuests(practice, { email: "", phone: "06 12 34 56 78" });
    expect(byPhone.status).toBe("confirmed");
    expect(await tell(practice, byPhone.appointmentId)).toEqual([]);
    const seen = await staff.appointments.byId({ id: byPhone.appointmentId });
    expect(seen.attendees.map(({ isHeldBack }) => isHeldBack)).toEqual([true, true]);
    const released = await staff.attendees.release({ appointmentId: byPhone.appointmentId });
    expect(released.version).toBe(2);
    expect(released.attendees.map(({ isHeldBack }) => isHeldBack)).toEqual([false, false]);
    expect((await staff.attendees.release({ appointmentId: byPhone.appointmentId })).version).toBe(2);
    expect(to(await tell(practice, byPhone.appointmentId, "updated"))).toEqual([...byPhone.guests].sort());
  });

  it("twin: whom staff invite is told at once", async () => {
    const practice = await createPractice(world.database);
    const staff = await staffOf(practice);
    const { appointment } = await staff.appointments.create({
      providerId: practice.provider.id,
      startsAt: noonIn(40),
      client: { name: "Léa Petit", email: "lea@example.test" },
      attendees: [{ name: "Ami", email: "ami@example.test" }],
    });
    expect(to(await tell(practice, appointment.id))).toEqual(["ami@example.test", "lea@example.test"]);
  });
});

describe("a stranger's words", () => {
  it("reach nobody as a link, by no name", async () => {
    const practice = await createPractice(world.database);
    const book = (client: object, attendees: { name: string; email: string }[] = []) =>
      world.visit().book({
        ...practice,
        startsAt: noonIn(50),
        client: { name: "Léa", email: "lea@example.test", ...client },
        attendees,
      });
    for (const name of ["Gagnez sur https://evil.example", "www.evil.example", "bit.ly/x", "evil.com"]) {
      await expect(book({ name }), name).rejects.toMatchObject({ code: "BAD_REQUEST" });
      await expect(book({}, [{ name, email: "ami@example.test" }]), name).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
  });

  it("reach three people besides at most, each counted, and all of them against the network", async () => {
    const practice = await createPractice(world.database);
    const counted: [string, string, number][] = [];
    const visitor = world.visit({
      address: "192.0.2.77",
      rateLimit: async (budget, key, points = 1) => void counted.push([budget, key, points]),
    });
    const guests = ["a@example.test", "b@example.test", "A@example.test", "d@example.test"].map((email) => ({
      name: "Ami",
      email,
    }));
    const client = { name: "Léa", email: "lea+x@example.test" };
    await expect(
      visitor.book({ ...practice, startsAt: noonIn(51), client, attendees: guests }),
    ).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await visitor.book({ ...practice, startsAt: noonIn(51), client, attendees: guests.slice(0, 3) });
    expect(counted.filter(([budget]) => budget === "recipients")).toEqual([["recipients", "192.0.2.77", 3]]);
    expect(counted.filter(([budget]) => budget === "contact").map(([, key]) => key)).toEqual([
      "e:lea@example.test",
      "e:a@example.test",
      "e:b@example.test",
    ]);
  });
});
