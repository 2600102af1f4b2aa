import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import type { Appointment } from "./appointment.ts";
import {
  type AppointmentQuery,
  appointmentsKey,
  cachedAppointment,
  dropAppointment,
  patchAppointment,
  readList,
} from "./appointment-cache.ts";

const week: AppointmentQuery = {
  from: "2027-04-18T18:15:00.000Z",
  to: "2027-04-25T18:15:00.000Z",
  siteIds: [],
  providerIds: [],
  roomIds: [],
  statuses: [],
};

function appointment(id: string, version: number, more: Partial<Appointment> = {}): Appointment {
  return {
    id,
    version,
    startsAt: "2027-04-19T08:00:00.000Z",
    endsAt: "2027-04-19T08:30:00.000Z",
    status: "confirmed",
    providerId: "p",
    siteId: "s",
    roomId: null,
    ...more,
  } as Appointment;
}

const next = { startsAt: "2027-04-27T08:00:00.000Z", endsAt: "2027-04-27T08:30:00.000Z" };

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(appointmentsKey(week), [appointment("a", 3), appointment("b", 1)]);
});

const known = () =>
  (client.getQueryData<Appointment[]>(appointmentsKey(week)) ?? [])
    .map(({ id, version }) => `${id}${version}`)
    .sort();

describe("what is known of an appointment", () => {
  it("is the newest: an answer that comes late does not paint over it", () => {
    patchAppointment(client, appointment("a", 2));
    expect(known()).toEqual(["a3", "b1"]);
    patchAppointment(client, appointment("a", 4));
    expect(known()).toEqual(["a4", "b1"]);
    // The same version again is no older.
    patchAppointment(client, appointment("a", 4, { title: "again" }));
    expect(cachedAppointment(client, "a")?.title).toBe("again");
  });

  it("leaves a period that it has been moved out of, and a cancelled one with it", () => {
    patchAppointment(client, appointment("a", 4, next));
    patchAppointment(client, appointment("b", 2, { status: "cancelled" }));
    expect(known()).toEqual([]);
  });
});

describe("a list that is on its way", () => {
  /** Reads a list that the server answered before the changes, which arrive first. */
  async function readAround(answer: Appointment[], changes: () => void): Promise<string[]> {
    const list = await readList(client, week, async () => {
      changes();
      return answer;
    });
    return list.map(({ id, version }) => `${id}${version}`).sort();
  }

  it("takes in what has become known since it was asked for", async () => {
    const old = [appointment("a", 3), appointment("b", 1), appointment("gone", 1)];
    const read = await readAround(old, () => {
      patchAppointment(client, appointment("a", 4));
      patchAppointment(client, appointment("new", 1));
      patchAppointment(client, appointment("b", 2, next));
      dropAppointment(client, "gone");
    });
    expect(read).toEqual(["a4", "new1"]);
  });

  it("keeps what it knows better, and what came before it was asked for is its own affair", async () => {
    patchAppointment(client, appointment("earlier", 1));
    const read = await readAround([appointment("a", 5)], () => patchAppointment(client, appointment("a", 4)));
    expect(read).toEqual(["a5"]);
    expect(await readAround([appointment("a", 5)], () => {})).toEqual(["a5"]);
  });

  it("that fails leaves nothing behind", async () => {
    const failing = readList(client, week, async () => {
      patchAppointment(client, appointment("a", 9));
      throw new Error("cut");
    });
    await expect(failing).rejects.toThrow("cut");
    expect(await readAround([appointment("a", 8)], () => {})).toEqual(["a8"]);
  });
});
