import type { EventInput } from "@fullcalendar/core";
import { expect, it } from "vitest";
import { isDrawnAsKnown } from "./drawn-as-known.ts";

const known: EventInput[] = [
  { id: "a", start: "2027-04-19T08:00:00Z", end: "2027-04-19T08:30:00Z", resourceId: "leroy" },
  { id: "b", start: "2027-04-19T10:00:00+01:00", end: "2027-04-19T10:30:00+01:00", resourceId: "dubois" },
  { id: "shade", start: "2027-04-19T00:00:00Z", end: "2027-04-19T06:00:00Z", display: "background" },
];

function card(id: string, start: string, end: string, column?: string) {
  const _def = { resourceIds: column ? [column] : [] };
  return { id, display: "auto", start: new Date(start), end: new Date(end), _def };
}

const first = card("a", "2027-04-19T08:00:00Z", "2027-04-19T08:30:00Z", "leroy");
const second = card("b", "2027-04-19T09:00:00Z", "2027-04-19T09:30:00Z", "dubois");

it("a grid that has every card where it is known to be is left as it is, whatever the order and the shades", () => {
  const shade = { ...card("x", "2027-04-19T00:00:00Z", "2027-04-19T01:00:00Z"), display: "background" };
  expect(isDrawnAsKnown([second, shade, first], known)).toBe(true);
  expect(isDrawnAsKnown([], [])).toBe(true);
});

it.each([
  ["starts elsewhere", [card("a", "2027-04-19T08:15:00Z", "2027-04-19T08:30:00Z", "leroy"), second]],
  ["ends elsewhere", [card("a", "2027-04-19T08:00:00Z", "2027-04-19T09:00:00Z", "leroy"), second]],
  ["stands in another column", [card("a", "2027-04-19T08:00:00Z", "2027-04-19T08:30:00Z", "dubois"), second]],
  ["stands in no column", [card("a", "2027-04-19T08:00:00Z", "2027-04-19T08:30:00Z"), second]],
  ["is missing", [second]],
  ["is unknown", [first, second, card("c", "2027-04-19T08:00:00Z", "2027-04-19T08:30:00Z", "leroy")]],
  ["is drawn twice in place of another", [first, first]],
])("a card that %s is told", (_what, drawn) => {
  expect(isDrawnAsKnown(drawn, known)).toBe(false);
});

it("columns that are days have no one to belong to", () => {
  const inWeek = known.map(({ resourceId: _nobody, ...each }) => each);
  const drawn = [
    card("a", "2027-04-19T08:00:00Z", "2027-04-19T08:30:00Z"),
    card("b", "2027-04-19T09:00:00Z", "2027-04-19T09:30:00Z"),
  ];
  expect(isDrawnAsKnown(drawn, inWeek)).toBe(true);
});
