import { describe, expect, test } from "vitest";
import { hashPassword, unmatchableHash, verifyPassword } from "./password.ts";

describe("password hashes", () => {
  test("match their own password alone, and never repeat", async () => {
    const [first, second] = await Promise.all([hashPassword("un café noir"), hashPassword("un café noir")]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword({ password: "un café noir", hash: first })).toEqual({
      matches: true,
      needsRehash: false,
    });
    expect(await verifyPassword({ password: "un cafe noir", hash: first })).toMatchObject({ matches: false });
  });

  test("are the same however the keyboard composed the accents", async () => {
    const hash = await hashPassword("e\u0301te\u0301 2026");
    expect(await verifyPassword({ password: "\u00e9t\u00e9 2026", hash })).toMatchObject({ matches: true });
  });

  test("of another cost still match, and ask to be made anew", async () => {
    // "password" with a salt of eight bytes at 8 MiB and one pass, as an older version could have stored it.
    const { argon2Sync } = await import("node:crypto");
    const nonce = Buffer.from("somesalt");
    const parameters = { message: "password", nonce, memory: 8192, passes: 1, parallelism: 1, tagLength: 32 };
    const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
    const hash = `$argon2id$v=19$m=8192,t=1,p=1$${base64(nonce)}$${base64(argon2Sync("argon2id", parameters))}`;
    expect(await verifyPassword({ password: "password", hash })).toEqual({
      matches: true,
      needsRehash: true,
    });
  });

  test("that are none match nothing", async () => {
    for (const hash of ["", "plain", "$2b$10$abcdefghijklmnopqrstuv", unmatchableHash]) {
      expect(await verifyPassword({ password: "", hash })).toMatchObject({ matches: false });
    }
  });
});
