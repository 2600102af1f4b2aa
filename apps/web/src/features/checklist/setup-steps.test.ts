import { describe, expect, it } from "vitest";
import { setupSteps } from "./setup-steps.ts";

const nobody = { user: { username: null }, permissions: [] } as unknown as Parameters<
  typeof setupSteps
>[0]["viewer"];

describe("setupSteps", () => {
  it("has everything to do for an empty organization", () => {
    const steps = setupSteps({
      directory: { sites: [], services: [], providers: [] },
      viewer: nobody,
      memberCount: 1,
    });
    expect(steps.map(({ key }) => key)).toEqual(["site", "service", "provider", "hours", "link", "team"]);
    expect(steps.some(({ isDone }) => isDone)).toBe(false);
  });

  it("says nothing of the team to a role that may not see it", () => {
    const steps = setupSteps({
      directory: { sites: [], services: [], providers: [] },
      viewer: nobody,
      memberCount: null,
    });
    expect(steps.map(({ key }) => key)).not.toContain("team");
  });
});
