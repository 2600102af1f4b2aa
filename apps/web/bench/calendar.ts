import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateApart } from "@creneau/db/embedded/migrate-apart";
import { startEmbedded } from "@creneau/db/embedded/start-embedded";
import { Client } from "pg";
import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import { startProduct } from "../e2e/product.ts";
import { quietDay } from "../e2e/quiet-week.ts";
import { signIn } from "../e2e/staff.ts";

/** The week of the goal: this many appointments over this many providers. */
const goal = { appointments: 500, providers: 12 } as const;

type TraceEvent = {
  name: string;
  cat: string;
  ph: string;
  dur?: number;
  /** Processor time of the thread; `dur` also counts what the thread waited for a processor. Both in microseconds. */
  tdur?: number;
  ts: number;
  tid: number;
  pid: number;
};

/** Fills a week that the demo data does not reach, provider by provider, straight into the table. */
async function fillWeek(adminUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `SELECT p.id FROM provider p JOIN organization o ON o.id = p.organization_id
     WHERE o.slug = 'ct-reseau-sud' ORDER BY p.position, p.id LIMIT $1`,
    [goal.providers],
  );
  const ids = rows.map(({ id }) => id);
  await client.query(
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, title, starts_at, ends_at, busy_from, busy_to, status, source, updated_at)
     SELECT p.organization_id, gen_random_uuid(), (SELECT site_id FROM provider_site s WHERE s.provider_id = p.id LIMIT 1), p.id,
       'Rendez-vous ' || n, t.at, t.at + interval '45 minutes', t.at, t.at + interval '45 minutes', 'confirmed', 'backoffice', now()
     FROM generate_series(0, $1::int - 1) n
     JOIN provider p ON p.id = ($2::uuid[])[n % $3::int + 1]
     CROSS JOIN LATERAL (SELECT ($4::date + (n / $3::int) % 5)::timestamp AT TIME ZONE 'Europe/Paris'
       + interval '8 hours' + (n / ($3::int * 5)) * interval '1 hour' AS at) t`,
    [goal.appointments, ids, ids.length, quietDay(0)],
  );
  await client.end();
  return ids;
}

/** Milliseconds from the start of the navigation until the week's appointments have been painted. */
async function usablePaint(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: "commit" });
  await page.locator(".fc-timegrid-event").first().waitFor();
  return page.evaluate(
    () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))),
      ),
  );
}

async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  session.on("Tracing.dataCollected", collect);
  await session.send("Tracing.start", {
    traceConfig: {
      includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
    },
    transferMode: "ReportEvents",
  });
  await work();
  const ended = new Promise<void>((done) => session.once("Tracing.tracingComplete", () => done()));
  await session.send("Tracing.end");
  await ended;
  session.off("Tracing.dataCollected", collect);
  return events;
}

/** Tasks of the page's main thread, longest first, in milliseconds: by the clock, or in processor time. */
function mainThreadTasks(events: readonly TraceEvent[], by: "dur" | "tdur"): number[] {
  const busiest = new Map<string, number>();
  const tasks = events.filter(({ name, ph }) => name === "RunTask" && ph === "X");
  const key = ({ pid, tid }: TraceEvent) => `${pid}-${tid}`;
  const scripted = new Set(
    events.filter(({ name }) => name === "FunctionCall" || name === "EventDispatch").map(key),
  );
  for (const task of tasks) busiest.set(key(task), (busiest.get(key(task)) ?? 0) + (task.dur ?? 0));
  return tasks
    .filter((task) => scripted.has(key(task)))
    .map((task) => (task[by] ?? 0) / 1000)
    .sort((a, b) => b - a);
}

const phases = ["picked up", "carried", "put down"] as const;

/** Picks the appointment up, carries it over the week for two seconds, and puts it down. */
const gestures: Record<
  (typeof phases)[number],
  (page: Page, box: { x: number; y: number }) => Promise<void>
> = {
  async "picked up"(page, { x, y }) {
    await page.mouse.down();
    await page.mouse.move(x + 16, y + 16);
    await page.waitForTimeout(400);
  },
  async carried(page, { x, y }) {
    for (let step = 0; step < 120; step++) {
      await page.mouse.move(x + 10 + step * 4, y + 10 + Math.sin(step / 8) * 180);
      await page.waitForTimeout(12);
    }
    // A stretch that is being marked has a hint as well; only an appointment that is carried has a card.
    const isDragging =
      (await page.locator("[data-drag-hint]").count()) > 0 &&
      (await page.locator(".fc-event-mirror .event-card").count()) > 0;
    if (!isDragging) throw new Error("no appointment was carried");
  },
  async "put down"(page) {
    await page.mouse.up();
    await page.waitForTimeout(1_000);
  },
};

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), "creneau-calendar-bench-"));
const database = await startEmbedded({ dataDir: folder });
await migrateApart({ adminUrl: database.adminUrl });
const product = await startProduct(database);
const browser = await launchBrowser();
try {
  const ids = await fillWeek(database.adminUrl);
  const page = await signIn(browser, { url: product.url, email: "admin@ct.demo" });
  const filter = ids.map((id) => `&provider=${id}`).join("");
  const path = `/fr/dashboard/calendar?view=week&site=all&date=${quietDay(0)}${filter}`;
  const paints: number[] = [];
  for (let round = 0; round < 6; round++) paints.push(await usablePaint(page, path));
  const warm = paints.slice(1).sort((a, b) => a - b);
  const shown = await page.locator("[data-appointment-id]").count();

  const drags: Record<string, string | number>[] = [];
  for (const view of ["week", "team"]) {
    // A tab of its own, as somebody opens it: what earlier loads have left behind is not collected during the drag.
    const tab = await page.context().newPage();
    await tab.goto(path.replace("view=week", `view=${view}`));
    const card = tab.locator("[data-appointment-id]").nth(40);
    await card.waitFor();
    // What is fetched in the quiet after the first paint has come.
    await tab.waitForTimeout(2_500);
    const session = await tab.context().newCDPSession(tab);
    const box = await card.boundingBox();
    if (!box) throw new Error("no appointment to drag");
    await tab.mouse.move(box.x + 10, box.y + 10);
    for (const phase of phases) {
      const events = await traced(session, () => gestures[phase](tab, box));
      const tasks = mainThreadTasks(events, "dur");
      const own = mainThreadTasks(events, "tdur");
      drags.push({
        what: `${view}, ${phase}`,
        "longest task ms": (tasks[0] ?? 0).toFixed(1),
        "p99 ms": percentile(tasks, 0.01).toFixed(1),
        "over 50 ms": tasks.filter((ms) => ms > 50).length,
        "longest, processor ms": (own[0] ?? 0).toFixed(1),
        "over 50 ms of processor": own.filter((ms) => ms > 50).length,
        goal: phase === "put down" ? "" : "none over 50 ms",
      });
    }
    await tab.close();
  }
  // What `npm run bench -- calendar` prints and keeps.
  console.log(
    JSON.stringify({
      tables: [
        {
          title: `a week with ${shown} appointments over ${goal.providers} providers, until it is of use`,
          rows: [
            {
              what: "warm, ms",
              median: percentile(warm, 0.5).toFixed(0),
              worst: (warm.at(-1) ?? 0).toFixed(0),
              goal: "< 1500",
            },
          ],
        },
        { title: "tasks of the page's main thread while an appointment is dragged", rows: drags },
      ],
      notes: [
        "From the start of the navigation to the second frame with appointments; five loads after a first one.",
        "Tasks from the browser's own tracing. Browser, server and database share the machine; processor time leaves out what a task waited for it.",
      ],
    }),
  );
} finally {
  await browser.close();
  await product.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
