import type { IncomingMessage } from "node:http";
import { AppError } from "@creneau/api/errors";
import { describe, expect, it } from "vitest";
import type { Logger } from "./log.ts";
import { createOriginGuard } from "./other-address.ts";

const configured = "https://agenda.example.org";

function guard() {
  const lines: object[] = [];
  const log = { warn: (facts: object) => lines.push(facts) } as unknown as Logger;
  const assertOwnWrite = createOriginGuard({ own: { appOrigin: configured, trustProxy: false }, log });
  /** What a write with these headers is refused with; null: it may pass. */
  const refusal = (headers: Record<string, string>, method = "POST") => {
    try {
      assertOwnWrite({ method, headers } as unknown as IncomingMessage);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  };
  return { lines, refusal };
}

describe("a page behind a proxy that passes another name on", () => {
  it.each([
    [
      "another Host",
      { origin: "https://rdv.example.org", host: "internal:3000", "sec-fetch-site": "same-origin" },
    ],
    ["no TLS", { origin: "http://agenda.example.org", host: "agenda.example.org" }],
    ["another port", { origin: "https://agenda.example.org:8443", host: "internal:3000" }],
  ])("is told the address that would do (%s), and the log says it once", (_, headers) => {
    const { lines, refusal } = guard();
    expect(refusal(headers)?.details).toEqual({ reason: "other_address", configured });
    refusal(headers);
    refusal({ ...headers, origin: "https://third.example.org" });
    expect(lines).toEqual([{ configured, used: headers.origin, host: headers.host }]);
  });

  it("passes where the address is the right one, and reads pass everywhere", () => {
    const { lines, refusal } = guard();
    expect(refusal({ origin: configured, host: "internal:3000" })).toBeNull();
    expect(refusal({ origin: "https://rdv.example.org", host: "x" }, "GET")).toBeNull();
    expect(lines).toEqual([]);
  });

  it("tells nothing to another site, and the log nothing of it", () => {
    const { lines, refusal } = guard();
    const refused = refusal({ origin: "https://evil.example", host: "x", "sec-fetch-site": "cross-site" });
    expect(refused?.code).toBe("forbidden");
    expect(refused?.details).toBeUndefined();
    expect(lines).toEqual([]);
  });
});
