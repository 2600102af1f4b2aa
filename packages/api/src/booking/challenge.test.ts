import { afterAll, beforeAll, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { createPractice, noonIn, refusal, startBooking } from "./booking.fixture.ts";
import { solveChallenge } from "./challenge.ts";

let world: Awaited<ReturnType<typeof startBooking>>;
beforeAll(async () => {
  world = await startBooking();
});
afterAll(() => world.close());

it("a visitor must work beyond the budget of holds, and each proof counts once", async () => {
  const practice = await createPractice(world.database);
  const spent = async (budget: string) => {
    if (budget === "hold")
      throw new AppError("rate_limited", "Too many attempts, try again later", { retryAfterSeconds: 60 });
  };
  const visitor = () => world.visit({ rateLimit: spent, bookingLimits: { challengeBits: 8 } });
  const first = await refusal(visitor().hold({ ...practice, startsAt: noonIn(3) }));
  expect(first.code).toBe("challenge_required");
  const solved = solveChallenge(first.details?.challenge as Parameters<typeof solveChallenge>[0]);
  const forged = { ...solved, difficulty: 1 };
  expect((await refusal(visitor().hold({ ...practice, startsAt: noonIn(3), challenge: forged }))).code).toBe(
    "challenge_required",
  );
  expect(await visitor().hold({ ...practice, startsAt: noonIn(3), challenge: solved })).toHaveProperty(
    "holdToken",
  );
  expect((await refusal(visitor().hold({ ...practice, startsAt: noonIn(4), challenge: solved }))).code).toBe(
    "challenge_required",
  );
});

it("a visitor whose writes are used up still gives back what they hold", async () => {
  const practice = await createPractice(world.database);
  const startsAt = noonIn(3);
  const { holdToken } = await world.visit().hold({ ...practice, startsAt });
  const spent = async (budget: string) => {
    if (budget === "public_write") throw new AppError("rate_limited", "Too many attempts, try again later");
  };
  const visitor = world.visit({ rateLimit: spent });
  expect((await refusal(visitor.extendHold({ holdToken }))).code).toBe("rate_limited");
  await visitor.releaseHold({ holdToken });
  expect(await world.visit().hold({ ...practice, startsAt })).toHaveProperty("holdToken");
});
