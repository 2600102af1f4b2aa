import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LoggedEvent } from "@creneau/db/events/event-log";
import { functionFiles } from "@creneau/db/sql-functions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, type Offices, openOffices } from "./directory/office.fixture.ts";
import { type EventPayload, type EventType, eventTypes } from "./event-catalogue.ts";
import { reactToAll } from "./reactions.fixture.ts";
import { jobs, reactions } from "./reactions.ts";

const jobNames = jobs.map((job) => job({} as never).name);

describe("the list", () => {
  it("gives each reaction a name and a place of its own, and events of the catalogue", () => {
    const names = reactions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { types } of reactions) for (const type of types) expect(eventTypes).toContain(type);
    expect(new Set(jobNames).size).toBe(jobNames.length);
  });
});

const organizationId = "0197ee00-0000-7000-8000-000000000001";
const entityId = "0197ee00-0000-7000-8000-000000000002";
const appointment = {
  providerId: entityId,
  siteId: entityId,
  roomId: null,
  startsAt: "2099-11-24T09:00:00.000Z",
};
const createdAt = new Date("2099-11-20T12:00:07.000Z");
const settlesAt = "2099-11-20T12:00:15.000Z";
/** Two seconds later: an undo of the last moment has committed. */
const settled = new Date("2099-11-20T12:00:17.000Z");

/** What all reactions together ask for when this happens. */
function asked<Type extends EventType>(type: Type, payload: EventPayload<Type>, version = 3) {
  const event: LoggedEvent = {
    cursor: { epoch: "00000000", xid: 1, id: 1 },
    organizationId,
    type,
    entityId,
    version,
    actor: { kind: "system", userId: null, id: null, name: "test" },
    payload,
    createdAt,
  };
  return reactions.filter(({ types }) => types.includes(type)).flatMap(({ react }) => react(event));
}

const notice = (change: string, dedupeKey = `${entityId} 3`) => ({
  name: "appointments.notify",
  data: { appointmentId: entityId, change, version: 3 },
  dedupeKey,
});
const look = (startAfter: Date) => ({
  name: "waitlist.match",
  data: {},
  startAfter,
  dedupeKey: `freed ${Math.floor(startAfter.getTime() / 10_000)}`,
});
const lookNow = { name: "waitlist.match", data: {}, dedupeKey: "match" };

describe("a change of an appointment", () => {
  it("is told once it can no longer be taken back, at once where it never could", () => {
    expect(asked("appointment.created", { ...appointment, notify: true, settlesAt })).toEqual([
      { ...notice("created"), startAfter: settled },
    ]);
    expect(asked("appointment.created", { ...appointment, notify: true })).toEqual([
      { ...notice("created"), startAfter: createdAt },
    ]);
    expect(asked("appointment.updated", { ...appointment, notify: true, settlesAt })).toEqual([
      { ...notice("updated"), startAfter: settled },
    ]);
    expect(
      asked("appointment.status_changed", { ...appointment, notify: true, status: "confirmed" }),
    ).toEqual([{ ...notice("confirmed"), startAfter: createdAt }]);
  });

  it("is told to nobody where nobody is to be told, nor where the version before has seen to it", () => {
    expect(asked("appointment.created", { ...appointment, notify: false, settlesAt })).toEqual([]);
    expect(asked("appointment.status_changed", { ...appointment, notify: false, status: "no_show" })).toEqual(
      [],
    );
    expect(asked("appointment.updated", appointment as EventPayload<"appointment.updated">)).toEqual([]);
  });

  it("that leaves a time has it offered to whoever waits, and not before it is settled either", () => {
    expect(asked("appointment.moved", { ...appointment, notify: true, settlesAt })).toEqual([
      { ...notice("moved"), startAfter: settled },
      look(settled),
    ]);
    expect(asked("appointment.cancelled", { ...appointment, notify: false })).toEqual([look(createdAt)]);
  });

  it("that is taken back takes its notice out of the queue, and looks whether it had gone out already", () => {
    expect(asked("appointment.undone", { ...appointment, undoneVersion: 2 })).toEqual([
      { name: "appointments.notify", dedupeKey: `${entityId} 2`, isTakenBack: true },
      notice("undone"),
      look(createdAt),
    ]);
  });
});

describe("the waitlist", () => {
  const wish = { siteId: entityId, appointmentId: entityId };

  it("writes to whoever joins or is offered something, and looks when a time is given back", () => {
    expect(asked("waitlist.joined", { siteId: entityId, serviceId: entityId, providerId: null })).toEqual([
      { name: "waitlist.tell", data: { entryId: entityId }, dedupeKey: entityId },
      lookNow,
    ]);
    expect(asked("waitlist.offered", { ...wish, startsAt: settlesAt, until: settlesAt })).toEqual([
      { name: "waitlist.tell", data: { entryId: entityId, appointmentId: entityId }, dedupeKey: entityId },
    ]);
    expect(asked("waitlist.declined", wish)).toEqual([lookNow]);
    expect(asked("waitlist.left", { siteId: entityId, reason: "left" })).toEqual([lookNow]);
  });

  it("does not look again for what looking has found", () => {
    expect(asked("waitlist.left", { siteId: entityId, reason: "over" })).toEqual([]);
    expect(asked("waitlist.accepted", wish)).toEqual([]);
  });
});

describe("changed hours", () => {
  let offices: Offices;
  let owner: Caller;
  beforeAll(async () => {
    offices = await openOffices();
    owner = await offices.as("owner", offices.office);
  });
  afterAll(() => offices.close());

  it("have the organization's hints of who is free made anew, many changes by one job", async () => {
    const { siteId, providerId } = offices.office;
    const queued = async () => {
      const { rows } = await offices.database.pool.query<{ data: { organizationId: string } }>(
        "SELECT data FROM pgboss.job WHERE name = 'availability.refresh-organization'",
      );
      return rows.map(({ data }) => data.organizationId);
    };
    await owner.availability.setRules({ providerId, siteId, rules: [] });
    await owner.availability.setOpeningHours({ siteId, rules: [] });
    expect(await queued()).toEqual([]);
    await reactToAll(offices.database);
    expect(await queued()).toEqual([offices.office.organization.id]);
  });
});

describe("whoever writes", () => {
  const source = fileURLToPath(new URL("./", import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(source + path, "utf8") }));
  const quoted = (text: string, name: string) => text.includes(`"${name}"`) || text.includes(`'${name}'`);

  /** Where a name of a job stands that is none of the file's own slice, as `file: name`. */
  function strangers(sources: typeof files): string[] {
    return jobNames.flatMap((name) => {
      const homes = files.filter(({ text }) => text.includes("defineJob(") && quoted(text, name));
      const [home, ...others] = homes.map(({ path }) => path.slice(0, path.indexOf("/") + 1));
      expect({ name, home, others }).toEqual({ name, home: expect.any(String), others: [] });
      return sources
        .filter(({ path, text }) => !path.startsWith(home ?? "") && quoted(text, name))
        .map(({ path }) => `${path}: ${name}`);
    });
  }

  it("names no job of another slice, in TypeScript or in SQL", () => {
    const sql = functionFiles().map(({ slice, name, sql: text }) => ({
      path: `sql/${slice}/${name}.sql`,
      text,
    }));
    expect(sql.length).toBeGreaterThan(50);
    expect(strangers([...files, ...sql])).toEqual([]);
    // What queues at all: the way in, and what a process of the version before still hands over.
    expect(sql.filter(({ text }) => text.includes("enqueue_job(")).map(({ path }) => path)).toEqual([
      "sql/events/record_change.sql",
      "sql/jobs/enqueue_job.sql",
    ]);
  });

  it("twin: is found when it does", () => {
    const text = `PERFORM enqueue_job('waitlist.tell', '{}')`;
    expect(strangers([{ path: "sql/booking/booking_finish.sql", text }])).toEqual([
      "sql/booking/booking_finish.sql: waitlist.tell",
    ]);
  });
});
