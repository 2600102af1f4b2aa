import { openDatabase } from "@creneau/db/database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, dragTo, openView } from "./calendar-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { at, book, minuteOf, openHours, quietDay, storedPlace } from "./quiet-week.ts";
import { query, signIn } from "./staff.ts";
import { newMember } from "./team.ts";

const roles = ["owner", "admin", "manager", "provider", "operator", "viewer"] as const;
type Role = (typeof roles)[number];

const everybody: readonly Role[] = roles;
const runsThePlace: readonly Role[] = ["owner", "admin"];
const runsCalendars: readonly Role[] = ["owner", "admin", "manager", "operator"];
const books: readonly Role[] = [...runsCalendars, "provider"];

/** Each screen by its address: its heading, who opens it, and what only some of these are offered there. */
const screens: {
  path: string;
  heading: string | null;
  opens: readonly Role[];
  offers?: Record<string, readonly Role[]>;
}[] = [
  { path: "dashboard/calendar", heading: null, opens: everybody, offers: { "Nouveau rendez-vous": books } },
  { path: "dashboard/today", heading: "Aujourd’hui", opens: everybody },
  {
    path: "dashboard/agenda",
    heading: "Liste par jour",
    opens: everybody,
    offers: { "Nouveau rendez-vous": books },
  },
  {
    path: "dashboard/appointments",
    heading: "Rendez-vous",
    opens: everybody,
    offers: { "Nouveau rendez-vous": books },
  },
  { path: "dashboard/appointments/new", heading: "Nouveau rendez-vous", opens: books },
  { path: "dashboard/operator", heading: "Standard", opens: runsCalendars },
  {
    path: "dashboard/clients",
    heading: "Clients",
    opens: books,
    offers: { "Nouveau client": books, "Fusionner des doublons": runsCalendars },
  },
  { path: "dashboard/clients/new", heading: "Nouveau client", opens: books },
  { path: "dashboard/waitlist", heading: "Liste d’attente", opens: books },
  { path: "dashboard/availability", heading: "Horaires", opens: everybody },
  {
    path: "settings/sites",
    heading: "Centres et salles",
    opens: everybody,
    offers: { "Nouveau centre": ["owner", "admin", "manager"] },
  },
  {
    path: "settings/providers",
    heading: "Praticiens",
    opens: everybody,
    offers: { "Nouveau praticien": ["owner", "admin", "manager"] },
  },
  {
    path: "settings/services",
    heading: "Types de rendez-vous",
    opens: everybody,
    offers: { "Nouveau type": ["owner", "admin", "manager"] },
  },
  { path: "settings/profile", heading: "Mon profil", opens: everybody },
  { path: "settings/calendar", heading: "Calendriers", opens: everybody },
  { path: "settings/organization", heading: "Organisation", opens: runsThePlace },
  {
    path: "settings/members",
    heading: "Équipe",
    opens: ["owner", "admin", "manager"],
    offers: {
      Inviter: runsThePlace,
      "Actions pour Claire Martin": runsThePlace,
      "Actions pour Hélène Garnier": ["owner"],
    },
  },
];

const entries: Record<string, readonly Role[]> = {
  Agenda: everybody,
  "Aujourd’hui": everybody,
  "Rendez-vous": everybody,
  Standard: runsCalendars,
  Clients: books,
  "Liste d’attente": books,
  Réglages: everybody,
};

const settingsEntries: Record<string, readonly Role[]> = {
  "Mon profil": everybody,
  Organisation: runsThePlace,
  Équipe: ["owner", "admin", "manager"],
};

let journey: Journey;
let product: Product;
let browser: Browser;
const pages = new Map<Role, Page>();
let colleagues: { id: string; clientId: string };

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  const owner = await signIn(browser, { url: product.url, email: "admin@immo.demo" });
  pages.set("owner", owner);
  pages.set("provider", await signIn(browser, { url: product.url, email: "claire@immo.demo" }));
  for (const role of ["admin", "manager", "operator", "viewer"] as const) {
    const email = `${role}@roles.test`;
    pages.set(role, await newMember(browser, { owner, role, email, name: `Rôle ${role}` }));
  }
  const { items: providers } = await query<{ items: { id: string; name: string }[] }>(
    owner,
    "directory.providers.list",
    {},
  );
  const karim = providers.find(({ name }) => name === "Karim Benali")?.id;
  const [from, to] = [0, 14].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const { items } = await query<{ items: { id: string; clientId: string | null; status: string }[] }>(
    owner,
    "appointments.list",
    { from, to, providerIds: [karim], statuses: ["confirmed"] },
  );
  const found = items.find(({ clientId }) => clientId !== null);
  if (!found?.clientId) throw new Error("Karim has no appointment with a client");
  colleagues = { id: found.id, clientId: found.clientId };
});

afterAll(() => endJourney(journey));

function pageOf(role: Role): Page {
  const page = pages.get(role);
  if (!page) throw new Error(`Nobody is ${role}`);
  return page;
}

const refusedHeading = "Votre rôle n’ouvre pas cette page";

/** Opens an address and waits for what it comes to: the screen's heading, or that the role does not open it. */
async function open(page: Page, path: string, expected: string | null) {
  await page.goto(`/fr/${path}`);
  if (expected === null) await page.locator(".fc-view").waitFor();
  else await page.getByRole("heading", { level: 1, name: expected, exact: true }).waitFor();
  await page.locator("main [aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Buttons and links of the screen itself, by name. */
const offered = (page: Page, name: string) =>
  page
    .getByRole("main")
    .getByRole("button", { name, exact: true })
    .or(page.getByRole("main").getByRole("link", { name, exact: true }));

describe.each(roles)("as %s", (role) => {
  it("each screen opens or says why not, offers what the role may do, and asks for nothing that is refused", async () => {
    const page = pageOf(role);
    const refused: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/api/trpc/") && response.status() >= 400) refused.push(response.url());
    });
    for (const { path, heading, opens, offers = {} } of screens) {
      const isOpen = opens.includes(role);
      await open(page, path, isOpen ? heading : refusedHeading);
      for (const [name, mayDo] of Object.entries(offers)) {
        const isOffered = isOpen && mayDo.includes(role);
        await expect
          .poll(() => offered(page, name).count(), { message: `${path}: ${name}`, timeout: 5_000 })
          [isOffered ? "toBeGreaterThan" : "toBe"](0);
      }
    }
    await open(
      page,
      `dashboard/appointments/${colleagues.id}/edit`,
      runsCalendars.includes(role) ? "Modifier le rendez-vous" : refusedHeading,
    );
    await open(
      page,
      `dashboard/clients/${colleagues.clientId}/edit`,
      books.includes(role) ? "Modifier le client" : refusedHeading,
    );
    expect(refused).toEqual([]);
  });

  it("the navigation and the settings' menu lead only where the role may go", async () => {
    const page = pageOf(role);
    await open(page, "settings/profile", "Mon profil");
    for (const [label, list] of [
      ["Navigation principale", entries],
      ["Réglages", settingsEntries],
    ] as const) {
      const links = await page.getByRole("navigation", { name: label }).getByRole("link").allInnerTexts();
      for (const [name, mayOpen] of Object.entries(list))
        expect(links.includes(name), `${label}: ${name}`).toBe(mayOpen.includes(role));
    }
  });

  it("the server decides the same when asked without a screen", async () => {
    const page = pageOf(role);
    const ask = async (procedure: string, data: object) => {
      const headers = { origin: new URL(page.url()).origin };
      return (await page.request.post(`/api/trpc/${procedure}`, { data, headers })).status();
    };
    const may = (who: readonly Role[]) => (who.includes(role) ? 200 : 403);
    expect(await ask("members.invite", { email: `by-${role}@roles.test`, role: "viewer" })).toBe(
      may(runsThePlace),
    );
    expect(await ask("members.invite", { email: `o-${role}@roles.test`, role: "owner" })).toBe(
      may(["owner"]),
    );
    expect(await ask("directory.organization.update", { undoSeconds: 8 })).toBe(may(runsThePlace));
    expect(await ask("directory.sites.create", { name: `Centre de ${role}` })).toBe(
      may(["owner", "admin", "manager"]),
    );
    expect(await ask("directory.clients.create", { name: `Client de ${role}` })).toBe(may(books));
  });
});

describe("what is one person's own", () => {
  async function claireId(page: Page): Promise<string> {
    const { items } = await query<{ items: { id: string; name: string }[] }>(
      page,
      "directory.providers.list",
      {},
    );
    return items.find(({ name }) => name === "Claire Martin")?.id ?? "";
  }

  /** Busy time of Claire's own calendar, as the sync mirrors it; written behind the server's back. */
  async function mirrorBusyTime(span: { from: string; to: string; title: string }): Promise<void> {
    const rows = openDatabase({ url: journey.database.adminUrl });
    const client = await rows.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query(
        "SELECT set_config('app.organization_id', (SELECT organization_id::text FROM resolve_public_name($1)), true)",
        ["claire-martin"],
      );
      const { rowCount } = await client.query(
        `WITH person AS (SELECT organization_id, user_id FROM provider WHERE name = 'Claire Martin'),
         connection AS (INSERT INTO calendar_connection (organization_id, id, user_id, kind, account_email, updated_at)
           SELECT organization_id, gen_random_uuid(), user_id, 'google', 'claire@calendar.test', now() FROM person RETURNING *),
         calendar AS (INSERT INTO connected_calendar (organization_id, id, connection_id, remote_id, name, updated_at)
           SELECT organization_id, gen_random_uuid(), id, 'primary', 'Personnel', now() FROM connection RETURNING *)
         INSERT INTO external_event (organization_id, id, connection_id, calendar_id, user_id, remote_id, title, busy_from, busy_to, updated_at)
         SELECT c.organization_id, gen_random_uuid(), c.connection_id, c.id, p.user_id, 'remote', $1, $2, $3, now()
         FROM calendar c, person p`,
        [span.title, span.from, span.to],
      );
      await client.query("COMMIT");
      expect(rowCount).toBe(1);
    } finally {
      client.release();
      await rows.close();
    }
  }

  it("busy time of an external calendar is shown to all, and named to its owner alone", async () => {
    const owner = pageOf("owner");
    const claire = pageOf("provider");
    const date = quietDay(0);
    await mirrorBusyTime({ from: at(date, "15:00"), to: at(date, "16:00"), title: "Dentiste" });
    const view = `columns&provider=${await claireId(owner)}`;
    for (const page of [claire, owner]) {
      await open(page, "dashboard/calendar", null);
      await openView(page, view, date);
    }
    await claire.locator(".fc-bg-event.is-external", { hasText: "Dentiste" }).waitFor();
    await owner.locator(".fc-bg-event.is-external", { hasText: "Occupé (agenda externe)" }).waitFor();
    expect(await owner.getByText("Dentiste").count()).toBe(0);
  });

  it("a forced move says in the history who forced it", async () => {
    const owner = pageOf("owner");
    const date = quietDay(1);
    const providerId = await claireId(owner);
    await openHours(owner, [providerId]);
    const { id } = await book(owner, { providerId, date, time: "10:00", title: "Visite" });
    await book(owner, { providerId, date, time: "15:00", title: "Déjà là" });
    await open(owner, "dashboard/calendar", null);
    await openView(owner, `columns&provider=${providerId}`, date);
    await card(owner, id).waitFor();
    await dragTo(owner, { id, date, resourceId: providerId, minute: minuteOf("15:00") });
    await owner.getByRole("button", { name: "Forcer" }).click();
    await expect.poll(() => storedPlace(owner, id)).toBe(`${date} 15:00–15:30`);

    const { user } = await query<{ user: { name: string } }>(owner, "session.me", {});
    await owner.goto(`/fr/dashboard/appointments/${id}`);
    const line = owner.getByRole("listitem").filter({ hasText: `${user.name} a déplacé le rendez-vous` });
    await line.filter({ hasText: "forcé" }).waitFor();
  });

  it("an internal note is in nothing that a viewer gets", async () => {
    const owner = pageOf("owner");
    const viewer = pageOf("viewer");
    const secret = "Ne pas rappeler avant jeudi";
    const path = `/fr/dashboard/appointments/${colleagues.id}`;
    await owner.goto(path);
    await owner.getByRole("textbox", { name: "Nouvelle note" }).fill(secret);
    await owner.getByRole("button", { name: "Ajouter la note interne" }).click();
    await owner.getByRole("listitem").filter({ hasText: secret }).waitFor();

    const answers = (page: Page) => {
      const bodies: Promise<string>[] = [];
      page.on("response", (response) => {
        if (!/\.(js|css|woff2?)(\?|$)/.test(response.url())) bodies.push(response.text().catch(() => ""));
      });
      return async () => (await Promise.all(bodies)).join("\n");
    };
    const told = { owner: answers(owner), viewer: answers(viewer) };
    for (const page of [owner, viewer]) {
      await page.goto(path);
      await page.getByRole("heading", { name: "Notes" }).waitFor();
      await page.getByRole("heading", { name: "Historique" }).waitFor();
    }
    await owner.getByText(secret).waitFor();
    await viewer.getByText("a ajouté une note").or(viewer.getByText("Rendez-vous pris")).first().waitFor();
    expect(await told.owner()).toContain(secret);
    expect(await told.viewer()).not.toContain(secret);
    expect(await told.viewer()).toContain(colleagues.id);
    const asked = await viewer.request.get("/api/trpc/notes.list", {
      params: { input: JSON.stringify({ appointmentId: colleagues.id }) },
    });
    expect([asked.status(), await asked.text()]).toEqual([403, expect.not.stringContaining(secret)]);
    const history = await query<object>(viewer, "appointments.history", { id: colleagues.id });
    expect(JSON.stringify(history)).not.toContain(secret);
  });
});
