import { describe, expect, it } from "vitest";
import { joinErrors, refusedWish } from "./join-errors.ts";

const today = "2026-11-27";
const right = {
  name: "Awa Diallo",
  email: "awa@example.org",
  phone: "",
  fromDate: today,
  toDate: "2026-12-24",
};

describe("what is typed", () => {
  it("passes when it is complete, for one day too", () => {
    expect(joinErrors(right, today)).toEqual({});
    expect(joinErrors({ ...right, toDate: today }, today)).toEqual({});
  });

  it("needs an address even where a number is given: the answer comes by mail", () => {
    expect(joinErrors({ ...right, email: " ", phone: "0612345678" }, today)).toEqual({
      email: "emailMissing",
    });
    expect(joinErrors({ ...right, email: "awa@" }, today)).toEqual({ email: "emailInvalid" });
  });

  it.each([
    [{ fromDate: "" }, { fromDate: "dateMissing" }],
    [{ fromDate: "2026-11-26" }, { fromDate: "datePast" }],
    [{ toDate: "2026-02-30" }, { toDate: "dateMissing" }],
    [{ fromDate: "2026-12-25" }, { toDate: "dateOrder" }],
    [{ phone: "12" }, { phone: "phoneInvalid" }],
    [{ name: "" }, { name: "nameMissing" }],
  ])("%o is refused at its field", (changes, errors) => {
    expect(joinErrors({ ...right, ...changes }, today)).toEqual(errors);
  });
});

it("ties the server's refusal to the field it names, and no other refusal to any", () => {
  expect(refusedWish({ code: "invalid_input", details: { field: "toDate" } })).toEqual({
    toDate: "dateRefused",
  });
  expect(refusedWish({ code: "invalid_input", details: { issues: [{ path: "client.email" }] } })).toEqual({
    email: "emailInvalid",
  });
  expect(refusedWish({ code: "rate_limited", details: { field: "toDate" } })).toEqual({});
});
