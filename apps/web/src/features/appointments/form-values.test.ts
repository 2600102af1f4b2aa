import { createInput } from "@creneau/api/appointments/schema";
import { describe, expect, it } from "vitest";
import { changesOf, createInputOf, emptyForm, formFieldOf } from "./form-values.ts";

const zone = "Europe/Paris";
const id = "0198c0de-0000-7000-8000-000000000001";

describe("createInputOf", () => {
  it("turns wall-clock times into instants of the zone and leaves empty texts out", () => {
    const values = { ...emptyForm, providerId: id, date: "2026-07-01", start: 570, end: null, title: "  " };
    const input = createInputOf(values, { zone, subjectKind: "file" });
    expect(createInput.parse(input)).toMatchObject({ startsAt: "2026-07-01T07:30:00.000Z", notify: true });
    expect(input.title).toBeUndefined();
  });

  it("refuses at the field a person can mend", () => {
    const input = createInputOf({ ...emptyForm, isNewClient: true }, { zone, subjectKind: "file" });
    const { error } = createInput.safeParse(input);
    const fields = error?.issues.map(({ path }) => formFieldOf(path.join(".")));
    expect(fields).toEqual(expect.arrayContaining(["providerId", "start", "newName"]));
  });
});

describe("changesOf", () => {
  const original = { ...emptyForm, providerId: id, date: "2026-07-01", start: 540, end: 570, title: "A" };

  it("asks for nothing when nothing changed", () => {
    expect(changesOf(original, original, zone)).toEqual({ move: null, update: null });
  });

  it("moves for a time and updates for a text, and only those", () => {
    const changes = changesOf({ ...original, start: 555, end: 585, description: "x" }, original, zone);
    expect(changes.move).toEqual({
      startsAt: "2026-07-01T07:15:00.000Z",
      endsAt: "2026-07-01T07:45:00.000Z",
    });
    expect(changes.update).toEqual({ description: "x" });
  });

  it("clears with null", () => {
    const changes = changesOf({ ...original, roomId: "" }, { ...original, roomId: id }, zone);
    expect(changes.move).toMatchObject({ roomId: null });
  });
});
