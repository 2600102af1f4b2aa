import { describe, expect, test } from "vitest";
import { amountText, centsOf, changedFields, numberOf, requiredNumberOf } from "./form-values.ts";

describe("numbers of a form", () => {
  test.each([
    ["12", 12],
    [" 1 200 ", 1200],
    ["48,8583", 48.8583],
    ["-4.5", -4.5],
    ["", null],
    ["  ", null],
    ["12 min", Number.NaN],
    ["1e3", Number.NaN],
    ["1,2,3", Number.NaN],
  ])("%j is %j", (text, value) => expect(numberOf(text)).toEqual(value));

  test("nothing typed is missing where a number is needed", () => {
    expect(requiredNumberOf("")).toBeUndefined();
    expect(requiredNumberOf("0")).toBe(0);
  });
});

describe("amounts", () => {
  test.each([
    ["75", 7500],
    ["75,5", 7550],
    ["75.50 €", 7550],
    ["1 200,00 €", 120_000],
    ["0,29", 29],
    ["", null],
    ["75,505", Number.NaN],
    ["-3", Number.NaN],
    ["gratuit", Number.NaN],
  ])("%j is %j cents", (text, cents) => expect(centsOf(text)).toEqual(cents));

  test.each([0, 29, 7500, 7550, 123456])("%d cents come back as they went", (cents) => {
    for (const locale of ["fr", "en"]) expect(centsOf(amountText(cents, locale))).toBe(cents);
  });
});

test("only what differs is sent", () => {
  const before = { name: "Sud", skills: ["VL"], phone: null };
  expect(changedFields(before, { ...before })).toEqual({});
  expect(changedFields(before, { ...before, skills: ["VL", "Gaz"] })).toEqual({ skills: ["VL", "Gaz"] });
});
