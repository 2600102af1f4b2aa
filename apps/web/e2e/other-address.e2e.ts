import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freeSlots, openBooking } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";

let journey: Journey;
let browser: Browser;
let proxy: Server;
let address = "";

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
  const target = new URL(journey.product.url);
  // As many a proxy does out of the box: it names the server behind it instead of itself.
  proxy = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host: target.host };
    const options = {
      host: target.hostname,
      port: target.port,
      path: incoming.url,
      method: incoming.method,
      headers,
    };
    incoming.pipe(
      forward(options, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      }),
    );
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  address = `http://localhost:${(proxy.address() as AddressInfo).port}`;
});

afterAll(async () => {
  proxy?.close();
  await endJourney(journey);
});

describe("behind a proxy that passes another name on", () => {
  it("a time says that the address is not the site's, with both, instead of that it was taken", async () => {
    const page = await openBooking(browser, { url: address, path: "/fr/book/claire-martin?service=visite" });
    await freeSlots(page).first().waitFor();
    await page.waitForLoadState("load");
    await freeSlots(page).first().click();
    const notice = page.getByRole("alert").filter({ hasText: "qui n’est pas celle du site" });
    await notice.waitFor();
    const told = await notice.innerText();
    expect(told).toContain(address);
    expect(told).toContain(journey.product.url);
    await page.context().close();
  });

  it("nobody is sent home silently who signs in", async () => {
    const page = await openBooking(browser, { url: address, path: "/fr/sign-in" });
    await page.waitForLoadState("networkidle");
    await page.locator('input[type="email"]').fill("admin@immo.demo");
    await page.locator('input[type="password"]').fill("creneau-demo");
    await page.locator('button[type="submit"]').click();
    const told = page.getByRole("alert").filter({ hasText: "qui n’est pas celle du site" });
    await told.waitFor();
    expect(await told.innerText()).toContain(journey.product.url);
    expect(page.url()).toContain("/sign-in");
    await page.context().close();
  });
});
