import { ArrowRight, ChevronRight, Radio, ShieldCheck, Undo2 } from "lucide-react";
import { hasLocale, NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonVariants } from "../../components/button.tsx";
import { demoBookingPages } from "../../features/identity/demo-accounts.ts";
import { ProductMark } from "../../features/identity/product-mark.tsx";
import { Link, redirect } from "../../i18n/navigation.ts";
import { type Locale, routing } from "../../i18n/routing.ts";
import { api, viewer } from "../../trpc/server.ts";

const features = [
  { key: "live", icon: Radio },
  { key: "safe", icon: ShieldCheck },
  { key: "undo", icon: Undo2 },
] as const;

/** The profile's language, on a device that has not been used before too. */
function localeOf(saved: string, shown: Locale): Locale {
  return hasLocale(routing.locales, saved) ? saved : shown;
}

/** Staff go straight to their calendar; a visitor learns what this is and how to enter. */
export default async function LandingPage() {
  const [locale, me] = await Promise.all([getLocale(), viewer()]);
  if (me) redirect({ href: "/dashboard/calendar", locale: localeOf(me.user.locale, locale) });
  const [t, { demo }] = await Promise.all([getTranslations("landing"), (await api()).session.config()]);
  const otherLocale = locale === "fr" ? "en" : "fr";
  return (
    <NextIntlClientProvider messages={null}>
      <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5">
        <header className="flex items-center justify-between py-5">
          <span className="flex items-center gap-2 font-semibold text-base">
            <ProductMark />
            Créneau
          </span>
          <Link
            href="/"
            locale={otherLocale}
            lang={otherLocale}
            className="rounded px-2 py-1 text-muted-foreground hover:bg-muted"
          >
            {otherLocale === "fr" ? "Français" : "English"}
          </Link>
        </header>
        <main className="flex flex-1 flex-col justify-center gap-10 py-10">
          <div>
            <h1 className="text-balance font-semibold text-4xl tracking-tight sm:text-5xl">{t("title")}</h1>
            <p className="mt-4 max-w-xl text-pretty text-base text-muted-foreground">{t("lead")}</p>
            <Link href="/sign-in" className={buttonVariants({ size: "large", className: "mt-6" })}>
              {t("signIn")}
              <ArrowRight aria-hidden />
            </Link>
          </div>
          <ul className="grid gap-3 sm:grid-cols-3">
            {features.map(({ key, icon: Icon }) => (
              <li key={key} className="rounded-xl border bg-surface p-4">
                <Icon aria-hidden className="mb-3 size-5 text-accent" />
                <p className="text-pretty">{t(`features.${key}`)}</p>
              </li>
            ))}
          </ul>
          {demo && <DemoPages />}
        </main>
        <footer className="border-t py-5 text-muted-foreground text-xs">{t("sourceLicence")}</footer>
      </div>
    </NextIntlClientProvider>
  );
}

/** What a client sees, of each demo organization. */
async function DemoPages() {
  const t = await getTranslations("landing");
  return (
    <section aria-labelledby="demo-pages" className="rounded-xl border border-dashed bg-muted/50 p-4">
      <h2 id="demo-pages" className="font-semibold">
        {t("demo.title")}
      </h2>
      <p className="text-muted-foreground text-sm">{t("demo.lead")}</p>
      <ul className="mt-3 grid gap-1 sm:grid-cols-3">
        {demoBookingPages.map(({ username, name, kind }) => (
          <li key={username}>
            <Link
              href={`/book/${username}`}
              className="flex min-h-11 items-center justify-between gap-2 rounded-md px-2 py-1.5 hover:bg-muted-strong/60"
            >
              <span>
                <span className="block font-medium">{name}</span>
                <span className="block text-muted-foreground text-xs">{t(`demo.kinds.${kind}`)}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
