import { expect, it } from "vitest";
import { attendeeProblems, attendeesOf, refusedDrafts, withEmptyDraft } from "./attendee-drafts.ts";

const draft = { key: 1, name: "", email: "", phone: "" };

it("invites whoever has a name or can be reached, and nobody for an empty line", () => {
  const drafts = [
    { ...draft, name: " Léa ", phone: "06 12 34 56 78" },
    { ...draft, key: 2 },
    { ...draft, key: 3, email: "max@example.test" },
  ];
  expect(attendeesOf(drafts)).toEqual([
    { name: "Léa", phone: "06 12 34 56 78" },
    { name: "max@example.test", email: "max@example.test" },
  ]);
  expect(attendeeProblems(drafts).size).toBe(0);
});

it("tells what the server would refuse beside the line it was typed in", () => {
  const drafts = [draft, { key: 2, name: "Max", email: "max@", phone: "1" }];
  expect([...attendeeProblems(drafts)]).toEqual([[2, { email: "email", phone: "tooShort" }]]);
});

it("never gives two lines one key", () => {
  const two = withEmptyDraft(withEmptyDraft([]));
  expect(withEmptyDraft(two.slice(1)).map(({ key }) => key)).toEqual([2, 3]);
});

it("shows a refused phone at the line it was typed in, until it is changed", () => {
  const drafts = [
    { ...draft, key: 1 },
    { ...draft, key: 2, name: "Ana" },
    { ...draft, key: 3, phone: "12345678901234567890" },
  ];
  // The empty line is not sent: the server counts without it.
  const refused = refusedDrafts(drafts, "attendees.1.phone") ?? [];
  expect([...attendeeProblems(refused)]).toEqual([[3, { phone: "phone" }]]);
  const mended = refused.map((each) => (each.key === 3 ? { ...each, phone: "06 12 34 56 78" } : each));
  expect(attendeeProblems(mended).size).toBe(0);
  expect([refusedDrafts(drafts, "client.phone"), refusedDrafts(drafts, undefined)]).toEqual([null, null]);
});
