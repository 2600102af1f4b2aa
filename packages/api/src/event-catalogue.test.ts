import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { functionFiles } from "@creneau/db/sql-functions";
import { createMembership, createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Role } from "./actor.ts";
import { createPractice, linkSecret, noonIn } from "./booking/booking.fixture.ts";
import { portalTokenOf } from "./booking/link-tokens.ts";
import { testSession } from "./context.fixture.ts";
import { type EventType, eventCatalogue, eventTypes } from "./event-catalogue.ts";
import { wrongEvents } from "./event-log.fixture.ts";
import { sweepHolds } from "./jobs/sweep-holds.ts";
import { createCaller, openWaitlist, type Practice, wish } from "./waitlist/waitlist.fixture.ts";

let list: Awaited<ReturnType<typeof openWaitlist>>;
let practice: Practice;
let neighbour: Practice;

beforeAll(async () => {
  list = await openWaitlist();
  practice = await createPractice(list.world.database, { providers: 2, timezone: "Asia/Kathmandu" });
  neighbour = await createPractice(list.world.database);
});
afterAll(() => list.close());

/** A new member of the practice, with the API as they see it. */
async function member(role: Role = "owner", { organization } = practice) {
  const { database, services } = list.world;
  const user = await createUser(database);
  await createMembership(database, organization, { userId: user.id, role });
  const { id, email, name } = user;
  const session = testSession(
    { organizationId: organization.id, slug: organization.slug, role },
    { id, email, name },
  );
  const context = { ...services, session, requestId: "test", address: "192.0.2.7" };
  return { api: createCaller(context), context };
}

const rows = () =>
  list.world.run<{ type: EventType; entity_id: string; version: number | null; payload: object }>(
    "SELECT type, entity_id, version, payload FROM event ORDER BY id",
  );
const about = async (id: string) => (await rows()).filter((row) => row.entity_id === id);
const visit = () => list.world.visit();
const target = ({ username, serviceSlug }: Practice) => ({ username, serviceSlug });
const client = { name: "Léa Petit", email: "lea@example.test", phone: "06 12 34 56 78" };
const expire = (id: string) =>
  list.world.run("UPDATE appointment SET hold_expires_at = now() - interval '1 second' WHERE id = $1", [id]);

async function hold(startsAt: string, of: Practice = practice) {
  const { holdToken } = await visit().hold({ ...target(of), startsAt });
  const [{ id } = { id: "" }] = await list.world.run<{ id: string }>(
    "SELECT id FROM appointment WHERE status = 'held' AND starts_at = $1 AND organization_id = $2 ORDER BY id DESC",
    [startsAt, of.organization.id],
  );
  return { holdToken, id };
}

describe("what visitors do", () => {
  it("holds: taken, extended, given back, expired, and in the way of another", async () => {
    const given = await hold(noonIn(3));
    await visit().extendHold({ holdToken: given.holdToken });
    await visit().releaseHold({ holdToken: given.holdToken });
    expect((await about(given.id)).map(({ type, version }) => [type, version])).toEqual([
      ["appointment.held", 1],
      ["appointment.hold_extended", 2],
      ["appointment.released", 3],
    ]);
    const swept = await hold(noonIn(3));
    await expire(swept.id);
    await sweepHolds(list.world);
    expect((await about(swept.id)).at(-1)).toMatchObject({ version: 2, payload: { reason: "expired" } });
    const inTheWay = await hold(noonIn(3), neighbour);
    await expire(inTheWay.id);
    await hold(noonIn(3), neighbour);
    expect((await about(inTheWay.id)).map(({ type }) => type)).toEqual([
      "appointment.held",
      "appointment.released",
    ]);
  });

  it("a hold that was swept and is confirmed after all takes up its versions where the log left them", async () => {
    for (const day of [4, 5]) {
      const late = await hold(noonIn(day));
      if (day === 5) await visit().extendHold({ holdToken: late.holdToken });
      await expire(late.id);
      await sweepHolds(list.world);
      const { appointmentId } = await visit().confirm({ holdToken: late.holdToken, client });
      expect(appointmentId).toBe(late.id);
      const versions = (await about(late.id)).map(({ version }) => version ?? 0);
      expect(new Set(versions).size).toBe(versions.length);
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      const [booked] = await list.world.run("SELECT version FROM appointment WHERE id = $1", [late.id]);
      expect(booked).toEqual({ version: versions.at(-1) });
    }
  });

  it("books, moves, cancels, writes a note, and sends a form twice", async () => {
    const first = await hold(noonIn(6));
    const colleague = { ...practice, username: practice.team[1]?.username ?? "" };
    const second = await hold(noonIn(6), colleague);
    const idempotencyKey = "sent-twice-in-a-row";
    const booked = await visit().confirm({ holdToken: first.holdToken, client, idempotencyKey });
    await visit().confirm({ holdToken: second.holdToken, client, idempotencyKey });
    expect((await about(second.id)).at(-1)).toMatchObject({ type: "appointment.released", version: 2 });
    const { manageToken } = booked;
    await visit().reschedule({ manageToken, startsAt: noonIn(7) });
    const { api } = await member();
    const [owned] = await list.world.run<{ client_id: string }>(
      "SELECT client_id FROM appointment WHERE id = $1",
      [first.id],
    );
    const id = owned?.client_id ?? "";
    await api.clientLinks.send({ id });
    await visit().addNote({
      portalToken: portalTokenOf(linkSecret, id),
      appointmentId: first.id,
      body: "Bonjour",
    });
    await visit().cancel({ manageToken });
    await api.clientLinks.revoke({ id });
    expect((await about(first.id)).map(({ type }) => type)).toEqual([
      "appointment.held",
      "appointment.created",
      "appointment.moved",
      "appointment.cancelled",
    ]);
    const { appointmentId } = await visit().book({ ...target(practice), startsAt: noonIn(8), client });
    expect((await api.appointments.history({ id: appointmentId })).items).toMatchObject([
      { action: "appointment.created", by: { kind: "client", userId: null, name: null } },
    ]);
    const anyone = { username: practice.organization.slug, serviceSlug: practice.serviceSlug };
    await visit().book({ ...anyone, startsAt: noonIn(8, 60), client });
  });
});

describe("what staff do", () => {
  it("with appointments, attendees, notes and an open screen", async () => {
    const { api, context } = await member();
    const [provider, other] = practice.team;
    const { appointment } = await api.appointments.create({
      providerId: provider?.id ?? "",
      serviceId: practice.serviceId,
      startsAt: noonIn(9),
      client: { name: "Rang Up", phone: "06 11 22 33 66" },
      subject: { kind: "file", reference: "A-1" },
    });
    const { id } = appointment;
    let { version } = appointment;
    const moved = await api.appointments.move({
      id,
      version,
      startsAt: noonIn(9, 60),
      providerId: other?.id ?? "",
    });
    await api.appointments.undo({ token: moved.undo?.token ?? "" });
    version = (await api.appointments.byId({ id })).version;
    await api.appointments.update({ id, version, title: "Autre" });
    const added = await api.attendees.add({
      appointmentId: id,
      attendees: [{ name: "Ann", email: "ann@example.test" }],
    });
    const attendeeId = added.attendees[0]?.id ?? "";
    await api.attendees.respond({ id: attendeeId, status: "accepted" });
    version = (await api.attendees.remove({ id: attendeeId })).version;
    const note = await api.notes.add({ appointmentId: id, kind: "internal", body: "Entre nous" });
    await api.notes.share({ id: note.id });
    await api.notes.remove({ id: note.id });
    const stop = new AbortController();
    const screens = await createCaller(context, { signal: stop.signal }).presence.holdOpen({
      appointmentId: id,
    });
    const screen = screens[Symbol.asyncIterator]();
    await screen.next();
    stop.abort();
    await screen.next();
    const inProgress = await api.appointments.setStatus({ id, version, status: "in_progress" });
    await api.appointments.setStatus({ id, version: inProgress.appointment.version, status: "confirmed" });
    version = (await api.appointments.byId({ id })).version;
    await api.appointments.cancel({ id, version });
    expect(new Set((await about(id)).map(({ type }) => type))).toEqual(
      new Set([
        "appointment.created",
        "appointment.moved",
        "appointment.undone",
        "appointment.updated",
        "attendee.responded",
        "presence.changed",
        "appointment.status_changed",
        "appointment.cancelled",
      ]),
    );
  });

  it("with the directory and hours", async () => {
    const { api } = await member();
    const site = await api.directory.sites.create({ name: "Annexe" });
    await api.directory.sites.update({ id: site.id, name: "Annexe 2" });
    const room = await api.directory.rooms.create({ siteId: site.id, name: "Salle" });
    await api.directory.rooms.update({ id: room.id, name: "Salle 2" });
    await api.directory.rooms.archive({ id: room.id, archived: true });
    await api.directory.rooms.archive({ id: room.id, archived: false });
    const provider = await api.directory.providers.create({ name: "Dr Neuf", siteIds: [site.id] });
    await api.directory.providers.update({ id: provider.id, name: "Dr Ancien" });
    const service = await api.directory.services.create({
      name: "Avis",
      durationMinutes: 20,
      providerIds: [],
    });
    await api.directory.services.update({ id: service.id, name: "Avis long" });
    const subject = await api.directory.subjects.create({ kind: "file", reference: "B-2" });
    await api.directory.subjects.update({ id: subject.id, label: "Deux" });
    const keep = await api.directory.clients.create({ name: "Un", email: "un@example.test" });
    const merge = await api.directory.clients.create({ name: "Deux", email: "deux@example.test" });
    await api.directory.clients.update({ id: keep.id, name: "Un seul" });
    const { mergeId } = await api.directory.clients.merge({ keepId: keep.id, mergeIds: [merge.id] });
    await api.directory.clients.undoMerge({ id: mergeId });
    await api.directory.clients.archive({ id: keep.id, archived: true });
    await api.directory.organization.update({ name: "Autre nom" });
    const rules = [{ isoWeekday: 1, startMinute: 540, endMinute: 720 }];
    await api.availability.setRules({ providerId: provider.id, siteId: site.id, rules });
    await api.availability.setOpeningHours({ siteId: site.id, rules });
    await api.availability.addException({ siteId: site.id, date: "2099-11-30", windows: [] });
    const away = { startsAt: "2099-12-01T08:00:00Z", endsAt: "2099-12-01T09:00:00Z" };
    await api.availability.addTimeOff({ roomId: room.id, ...away });
    await api.availability.addTimeOff({ providerId: provider.id, ...away });
    await api.calendarFeed.renew({ providerId: provider.id });
    await api.calendarFeed.close({ providerId: provider.id });
  });

  it("with seats and their own account", async () => {
    const { api } = await member();
    const invite = (email: string) => api.members.invite({ email, role: "operator" });
    const { link } = await invite("new@example.test");
    const token = link?.split("/").at(-1) ?? "";
    const account = { name: "Nouvelle", password: "a long enough password" };
    await createCaller({
      ...list.world.services,
      session: null,
      requestId: "1",
      address: "192.0.2.8",
    }).members.acceptInvitation({ token, account });
    const { items } = await api.members.list();
    const seat = items.find(({ email }) => email === "new@example.test");
    await api.members.changeRole({ id: seat?.id ?? "", role: "viewer" });
    await api.members.remove({ id: seat?.id ?? "" });
    const { invitation } = await invite("other@example.test");
    await api.members.revokeInvitation({ id: invitation.id });
    await api.session.updateProfile({ name: "Autre" });
  });
});

describe("what the waitlist does", () => {
  it("joins, offers, is declined, accepted, left, taken off, and runs out", async () => {
    const full = await createPractice(list.world.database);
    await list.full(full);
    const join = async (name: string) =>
      (await list.visitor().join(wish(full, `${name}@example.test`))).waitlistToken;
    const [first, second, third, fourth] = [
      await join("a"),
      await join("b"),
      await join("c"),
      await join("d"),
    ];
    await list.fullButFor(full, { day: 3, halfHours: 3 });
    expect(await list.match(full)).toBe(3);
    await list.visitor().decline({ waitlistToken: first });
    await list.visitor().accept({ waitlistToken: second });
    await list.visitor().leave({ waitlistToken: third });
    await list.world.run(
      "UPDATE waitlist_entry SET from_date = '2020-01-01', to_date = '2020-01-02' WHERE email = 'd@example.test'",
    );
    await list.match(full);
    const fifth = await join("e");
    const { items } = await (await member("owner", full)).api.waitlist.list({});
    await (await member("owner", full)).api.waitlist.remove({ id: items.at(-1)?.id ?? "" });
    expect(await list.states(fifth)).toEqual(["ended"]);
    const ends = (await rows()).filter(({ type }) => type.startsWith("waitlist.")).map(({ type }) => type);
    expect(new Set(ends)).toEqual(new Set(eventTypes.filter((type) => type.startsWith("waitlist."))));
    expect(await list.states(second, third, fourth)).toEqual(["booked", "ended", "ended"]);
  });
});

describe("the catalogue", () => {
  it("knows every event that the walk above has written, and every name in it has been written", async () => {
    expect(await wrongEvents(list.world.run)).toEqual([]);
    const written = new Set((await rows()).map(({ type }) => type));
    expect(eventTypes.filter((type) => !written.has(type))).toEqual([]);
  });

  it("names the kind of who acted in log and audit alike", async () => {
    const actors = await list.world.run<{ type: string; actor: string }>(
      `SELECT DISTINCT type, concat_ws(' ', actor_kind, actor_name, CASE WHEN actor_user_id IS NOT NULL THEN 'known' END) AS actor FROM event
       UNION SELECT action, concat_ws(' ', actor_kind, actor_name, CASE WHEN actor_user_id IS NOT NULL THEN 'known' END) FROM audit`,
    );
    const of = (wanted: string) =>
      actors
        .filter(({ type }) => type === wanted)
        .map(({ actor }) => actor)
        .sort();
    const staffAlone = eventTypes.filter((type) =>
      /^(note|member|client|directory|availability|calendar_feed|organization|user|presence)\./.test(type),
    );
    for (const type of staffAlone.filter((type) => type !== "note.added"))
      expect(of(type), type).toEqual(["user known"]);
    expect(of("note.added")).toEqual(["client", "user known"]);
    for (const type of ["appointment.created", "appointment.moved", "appointment.cancelled"])
      expect(of(type), type).toEqual(["client", "user known"]);
    expect(of("appointment.held")).toEqual(["client", "system waitlist"]);
    expect(of("appointment.released")).toEqual(["client", "system holds"]);
    expect(of("appointment.assigned")).toEqual(["system assignment"]);
    expect(of("waitlist.offered")).toEqual(["system waitlist"]);
    expect(of("waitlist.left")).toEqual(["client", "system waitlist", "user known"]);
    for (const type of ["waitlist.joined", "waitlist.accepted", "waitlist.declined"])
      expect(of(type), type).toEqual(["client"]);
  });

  it("is written to by one function, and by what can only be one statement", () => {
    const sources = [
      ...functionFiles().map(({ name, sql }) => [name, sql] as const),
      ...["api", "db"].flatMap((name) => {
        const folder = fileURLToPath(new URL(`../../${name}/src/`, import.meta.url));
        return readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((path) => path.endsWith(".ts") && !/\.(test|fixture)\.ts$|^generated/.test(path))
          .map((path) => [path, readFileSync(folder + path, "utf8")] as const);
      }),
    ];
    const writers = sources
      .filter(([, text]) => /INSERT INTO "?(event|audit)"?\b/i.test(text))
      .map(([name]) => name);
    expect(writers.sort()).toEqual([
      // For tests.
      "append_event",
      // Why a provider was chosen: no event, for the booking's own follows.
      "booking_explain_assignment",
      // Triggers, over all rows of a statement.
      "count_booking_change",
      "count_user_change",
      "record_change",
      // Holds of every organization at once.
      "sweep_expired_holds",
    ]);
  });

  it("twin: an unknown name, a payload with a name in it, a version told twice and one too many are found", async () => {
    const { organization } = neighbour;
    const write = (type: string, entityId: string, version: number | null, payload: object) =>
      list.world.run(
        "INSERT INTO event (organization_id, type, entity_id, version, payload) VALUES ($1, $2, $3, $4, $5)",
        [organization.id, type, entityId, version, JSON.stringify(payload)],
      );
    const facts = {
      providerId: neighbour.provider.id,
      siteId: neighbour.site.id,
      roomId: null,
      startsAt: noonIn(1),
      notify: false,
    };
    await write("appointment.vanished", organization.id, 1, facts);
    await write("appointment.updated", neighbour.site.id, 7, { ...facts, clientName: "Léa" });
    await write("appointment.updated", neighbour.provider.id, 7, facts);
    await write("appointment.cancelled", neighbour.provider.id, 7, facts);
    await write("note.added", neighbour.provider.id, 8, {
      appointmentId: organization.id,
      kind: "shared",
      providerId: facts.providerId,
      siteId: facts.siteId,
    });
    const wrong = await wrongEvents(list.world.run);
    await list.world.run("DELETE FROM event WHERE organization_id = $1", [organization.id]);
    expect(wrong).toHaveLength(4);
    expect(wrong.join()).toMatch(/vanished.*clientName.*version 7 again.*note.added with version 8/s);
  });

  it("is what docs/events.md says (vitest -u writes it)", async () => {
    await expect(eventDocs()).toMatchFileSnapshot("../../../docs/events.md");
  });
});

function eventDocs(): string {
  const told = eventTypes.filter((type) => !eventCatalogue[type].isInternal);
  const internal = eventTypes.filter((type) => eventCatalogue[type].isInternal);
  return `# Events

What can happen, as the log tells it (\`packages/api/src/event-catalogue.ts\`; a test writes and checks this page). Every event has an id,
the organization, its \`type\`, the \`entityId\` of what it happened to, who did it, when, and a payload of ids and times: never
a row, and never how somebody is reached. A version is its entity's after the event; it grows with every change and is never
told twice. Names are stable: they may be added to, and so may payloads.

${table(told)}

For the product's own processes alone:

${table(internal)}
`;
}

function table(types: EventType[]): string {
  const lines = types.map((type) => {
    const { meaning, entity, payload, isVersioned, isUnaudited } = eventCatalogue[type];
    const marks = [isVersioned && "version", !isUnaudited && "audit"].filter(Boolean).join(", ");
    return `| \`${type}\` | ${meaning} | ${entity.join(", ")} | ${fields(payload)} | ${marks} |`;
  });
  return ["| event | happened | to | payload | carries |", "| --- | --- | --- | --- | --- |", ...lines].join(
    "\n",
  );
}

/** Fields of a payload in words: \`name\`, \`name?\` when it may be absent, with its values where they are listed. */
function fields(payload: z.ZodType<object>): string {
  const { properties = {}, required = [] } = z.toJSONSchema(payload) as {
    properties?: Record<string, { enum?: string[]; items?: { enum?: string[] } }>;
    required?: string[];
  };
  return Object.entries(properties)
    .map(([name, { enum: values, items }]) => {
      const listed = values ?? items?.enum;
      return `\`${name}${required.includes(name) ? "" : "?"}\`${listed ? ` (${listed.join(", ")})` : ""}`;
    })
    .join(", ");
}
