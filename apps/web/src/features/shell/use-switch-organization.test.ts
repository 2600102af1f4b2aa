import { expect, it } from "vitest";
import { pathInOtherOrganization } from "./use-switch-organization.ts";

it.each([
  ["/fr/settings/members", "/fr/settings/members"],
  ["/en/dashboard/calendar", "/en/dashboard/calendar"],
  ["/fr/dashboard/appointments/0190/edit", "/fr/dashboard/appointments"],
  ["/fr/dashboard/clients/0190", "/fr/dashboard/clients"],
  ["/fr/settings/sites/0190", "/fr/settings/sites"],
])("%s of one organization is %s of another", (path, expected) => {
  expect(pathInOtherOrganization(path)).toBe(expected);
});
