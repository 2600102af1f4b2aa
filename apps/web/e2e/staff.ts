import type { Browser, Page } from "playwright-core";

/** Password of every demo account. */
const password = "creneau-demo";

/** Opens a browser of its own for one person and signs them in through the form, up to the calendar. */
export async function signIn(
  browser: Browser,
  {
    url,
    email,
    locale = "fr",
    width = 1440,
  }: { url: string; email: string; locale?: "fr" | "en"; width?: number },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
    // Not the organization's zone, so that a time of the viewer's own zone cannot pass by luck.
    timezoneId: "Asia/Kathmandu",
  });
  const page = await context.newPage();
  await page.goto(`/${locale}/sign-in`);
  await page.locator('input[type="email"]').fill(email);
  await page.locator('input[type="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL("**/dashboard/calendar**");
  // Signing in leads to the language of the profile.
  if (!page.url().includes(`/${locale}/`)) await page.goto(`/${locale}/dashboard/calendar`);
  return page;
}

/** Asks the API as the person of this page. */
export async function query<Answer>(page: Page, procedure: string, input: object): Promise<Answer> {
  const response = await page.request.get(`/api/trpc/${procedure}`, {
    params: { input: JSON.stringify(input) },
  });
  if (!response.ok()) throw new Error(`${procedure}: ${response.status()} ${await response.text()}`);
  const body: { result: { data: Answer } } = await response.json();
  return body.result.data;
}

/** Changes something through the API as the person of this page. */
export async function mutate<Answer>(page: Page, procedure: string, input: object): Promise<Answer> {
  const response = await page.request.post(`/api/trpc/${procedure}`, {
    data: input,
    headers: { origin: new URL(page.url()).origin },
  });
  if (!response.ok()) throw new Error(`${procedure}: ${response.status()} ${await response.text()}`);
  const body: { result: { data: Answer } } = await response.json();
  return body.result.data;
}
