import { createSiteInput } from "@creneau/api/directory/schema";
import { expect, test } from "vitest";
import { coordinatesOf, siteInput, siteValues } from "./site-values.ts";

test("coordinates are read as maps give them", () => {
  expect(coordinatesOf("48.8583, 2.2945")).toEqual({ latitude: "48.8583", longitude: "2.2945" });
  expect(coordinatesOf(" -21.1 55.5 ")).toEqual({ latitude: "-21.1", longitude: "55.5" });
  expect(coordinatesOf("48.8583")).toBeNull();
  expect(coordinatesOf("12 rue du Bac, 75007")).toBeNull();
});

test("an empty form asks for nothing but a name", () => {
  const values = siteValues(null, "Europe/Paris");
  const refused = createSiteInput.safeParse(siteInput(values));
  expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["name"]);
  expect(createSiteInput.parse(siteInput({ ...values, name: "Lyon" }))).toMatchObject({
    name: "Lyon",
    address: null,
    dailyCapacity: null,
    overbookingPercent: 0,
    timezone: "Europe/Paris",
  });
});

test("what is no number is refused where it was typed", () => {
  const values = { ...siteValues(null, "Europe/Paris"), name: "Lyon", dailyCapacity: "many", latitude: "91" };
  const refused = createSiteInput.safeParse(siteInput(values));
  expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["latitude", "dailyCapacity"]);
});
