import { rolePermissions } from "@creneau/api/identity/schema";
import { describe, expect, it } from "vitest";
import { seatReach } from "./seat-reach.ts";

const reach = (role: keyof typeof rolePermissions, siteIds: string[] = []) =>
  seatReach({ permissions: [...rolePermissions[role]], siteIds });

describe("seatReach", () => {
  it("lets owners alone name and change owners", () => {
    expect(reach("owner").roles).toContain("owner");
    expect(reach("owner").canChange({ role: "owner", siteIds: [] })).toBe(true);
    expect(reach("admin").roles).not.toContain("owner");
    expect(reach("admin").canChange({ role: "owner", siteIds: [] })).toBe(false);
    expect(reach("admin").canChange({ role: "admin", siteIds: [] })).toBe(true);
  });

  it("keeps to the sites that the seat covers", () => {
    const limited = reach("admin", ["a", "b"]);
    expect(limited.canChange({ role: "viewer", siteIds: ["a"] })).toBe(true);
    expect(limited.canChange({ role: "viewer", siteIds: ["a", "c"] })).toBe(false);
    expect(limited.canChange({ role: "viewer", siteIds: [] })).toBe(false);
  });

  it.each(["manager", "provider", "operator", "viewer"] as const)("lets a %s change nothing", (role) => {
    expect(reach(role).canChange({ role: "viewer", siteIds: [] })).toBe(false);
  });
});
