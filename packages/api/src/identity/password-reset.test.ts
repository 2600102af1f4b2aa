import { expect, test } from "vitest";
import { passwordResetUntil } from "./password-reset.ts";

const now = Date.parse("2026-11-23T09:00:00.000Z");
const minute = 60_000;

test("a mailed link opens the way to a new password for fifteen minutes", () => {
  expect(passwordResetUntil(now, now)).toBe(now + 15 * minute);
  expect(passwordResetUntil(now - 15 * minute + 1, now)).toBe(now + 1);
});

test("an older link, one of the future or none at all does not", () => {
  expect(passwordResetUntil(now - 15 * minute, now)).toBeNull();
  expect(passwordResetUntil(now + 1, now)).toBeNull();
  expect(passwordResetUntil(undefined, now)).toBeNull();
});
