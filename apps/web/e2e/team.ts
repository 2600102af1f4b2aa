import type { Browser, Page } from "playwright-core";
import { mutate } from "./staff.ts";

/** The password that the demo's accounts have, and that those made here get. */
export const password = "creneau-demo";

/** The link of the last mail to an address, as the demo's mailbox shows it. */
export async function mailedLink(
  page: Page,
  { email, part }: { email: string; part: string },
): Promise<string> {
  // Called from hooks too, where the runner's own polling does not work.
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const list = await (await page.request.get("/demo/mailbox")).text();
    const mails = [...list.matchAll(/href="(\/demo\/mailbox\/\d+)">[^<]*<\/a><br><small>([^<]*)/g)];
    const path = mails.find(([, , to]) => to?.includes(email))?.[1];
    const mail = path ? await (await page.request.get(path)).text() : "";
    const links = [...mail.matchAll(/href="([^"]+)"/g)].flatMap(
      ([, url]) => url?.replace(/&(amp|#38);/g, "&") ?? [],
    );
    const link = links.find((url) => url.includes(part));
    if (link) return link;
    await page.waitForTimeout(100);
  }
  throw new Error(`no mail to ${email} holds a link with ${part}`);
}

/** Somebody new in the team of `owner`, through an invitation; their own browser, signed in. */
export async function newMember(
  browser: Browser,
  { owner, role, email, name }: { owner: Page; role: string; email: string; name: string },
): Promise<Page> {
  await mutate(owner, "members.invite", { email, role });
  const link = await mailedLink(owner, { email, part: "/invitation/" });
  const { origin } = new URL(owner.url());
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto("/fr");
  const token = link.split("/").at(-1);
  await mutate(page, "members.acceptInvitation", { token, account: { name, password, locale: "fr" } });
  return page;
}
