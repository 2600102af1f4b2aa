import { expect, test } from "vitest";
import { z } from "zod";
import { faultOf, outputs, watchAnswers } from "./answers.fixture.ts";
import { appointmentChange } from "./appointments/schema.ts";
import { eventTypes } from "./event-catalogue.ts";

test("every procedure says what it answers", () => {
  expect(
    outputs()
      .filter(({ output }) => output === undefined)
      .map(({ path }) => path),
  ).toEqual([]);
  expect(outputs().length).toBeGreaterThan(100);
});

test("nothing is parsed at run time on the hot paths, and everything else is", () => {
  const told = outputs()
    .filter(({ output }) => output?.view)
    .map(({ path }) => path);
  expect(told.sort()).toEqual([
    "appointments.create",
    "appointments.list",
    "appointments.move",
    "appointments.onChange",
    "booking.book",
    "booking.confirm",
    "booking.extendHold",
    "booking.firstAvailable",
    "booking.hold",
    "booking.moveSlots",
    "booking.onSlots",
    "booking.page",
    "booking.releaseHold",
    "booking.search",
    "booking.slots",
    "directory.onChange",
    "presence.holdOpen",
  ]);
});

test("what is told of appointments is every event about one, and where a follower stands", () => {
  const about = eventTypes.filter((type) => type.startsWith("appointment.") || type === "attendee.responded");
  expect([...appointmentChange.shape.type.options].sort()).toEqual([...about, "connected", "reload"].sort());
});

test("twin: an answer that lacks a field, has another, or has it otherwise, is found", () => {
  const view = z.object({
    id: z.string(),
    at: z.string().nullable(),
    list: z.array(z.object({ n: z.int() })),
  });
  const right = { id: "a", at: null, list: [{ n: 1 }] };
  expect(faultOf(view, right)).toBeNull();
  expect(faultOf(z.void(), undefined)).toBeNull();
  for (const wrong of [
    { ...right, at: undefined },
    { ...right, secret: "b" },
    { ...right, list: [{ n: 1, secret: 2 }] },
    { ...right, id: 7 },
    { ...right, list: [{ n: 1.5 }] },
  ])
    expect(faultOf(view, wrong), JSON.stringify(wrong)).not.toBeNull();
});

test("whoever watches answers hears of one that is not as declared, and of an item in a stream", async () => {
  watchAnswers();
  const of = (wanted: string) => outputs().find(({ path }) => path === wanted)?.output;
  expect(() => of("booking.hold")?.parse?.({ holdToken: "x" })).toThrow(/booking.hold does not answer/);
  const items = of("presence.holdOpen")?.parse?.(
    (async function* () {
      yield { others: [] };
      yield { others: [{ name: "no id" }] };
    })(),
  ) as AsyncGenerator;
  expect((await items.next()).value).toEqual({ others: [] });
  await expect(items.next()).rejects.toThrow(/presence.holdOpen does not answer/);
});
