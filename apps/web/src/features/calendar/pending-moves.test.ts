import { expect, it } from "vitest";
import type { Appointment } from "./appointment.ts";
import type { AppointmentQuery } from "./appointment-cache.ts";
import { createPendingMoves, withPlaced } from "./pending-moves.ts";

const query: AppointmentQuery = {
  from: "2027-03-28T00:00:00.000Z",
  to: "2027-03-29T00:00:00.000Z",
  siteIds: [],
  providerIds: [],
  roomIds: [],
  statuses: [],
};

function at(hour: number, id = "a", day = "2027-03-28"): Appointment {
  const start = `${day}T${String(hour).padStart(2, "0")}`;
  return {
    id,
    startsAt: `${start}:00:00.000Z`,
    endsAt: `${start}:30:00.000Z`,
    status: "confirmed",
    version: 1,
  } as Appointment;
}

const drawn = (known: Appointment[], moves: ReturnType<typeof createPendingMoves>) =>
  withPlaced(known, { placed: moves.read(), query })
    .map(({ id, startsAt }) => `${id} ${startsAt.slice(11, 16)}`)
    .sort();

it("a move is drawn over what is known until its answer, whatever becomes known meanwhile", () => {
  const moves = createPendingMoves();
  let told = 0;
  const stop = moves.subscribe(() => {
    told += 1;
  });
  const settle = moves.show(at(11));
  expect(drawn([at(9), at(9, "b")], moves)).toEqual(["a 11:00", "b 09:00"]);
  expect(drawn([at(15)], moves)).toEqual(["a 11:00"]);
  settle();
  expect(drawn([at(15)], moves)).toEqual(["a 15:00"]);
  expect(told).toBe(2);
  stop();
});

it("the answer to an earlier move does not take a later one of the same appointment away", () => {
  const moves = createPendingMoves();
  const first = moves.show(at(11));
  const second = moves.show(at(12));
  first();
  expect(drawn([at(9)], moves)).toEqual(["a 12:00"]);
  second();
  expect(drawn([at(9)], moves)).toEqual(["a 09:00"]);
});

it("a move out of the shown period takes the card along, one into it brings it", () => {
  const moves = createPendingMoves();
  moves.show(at(10, "a", "2027-03-30"));
  moves.show(at(10, "from-elsewhere"));
  expect(drawn([at(9)], moves)).toEqual(["from-elsewhere 10:00"]);
});

it("without a move the list stays the very same", () => {
  const known = [at(9)];
  expect(withPlaced(known, { placed: createPendingMoves().read(), query })).toBe(known);
});
