import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { leadingZeroBits, sha256 } from "./sha256.ts";

const hex = (words: Uint32Array) => [...words].map((word) => word.toString(16).padStart(8, "0")).join("");

describe("sha256", () => {
  it("agrees with the platform's for every length around its block size", () => {
    for (let length = 0; length < 200; length++) {
      const text = "x:9".repeat(70).slice(0, length);
      expect(hex(sha256(text)), `length ${length}`).toBe(createHash("sha256").update(text).digest("hex"));
    }
  });

  it("counts leading zero bits over words", () => {
    expect(leadingZeroBits(Uint32Array.from([0, 0x00ff_0000]))).toBe(40);
    expect(leadingZeroBits(Uint32Array.from([0x8000_0000]))).toBe(0);
  });
});
