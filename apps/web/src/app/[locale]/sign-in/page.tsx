import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { failureOf } from "../../../features/identity/auth-endpoints.ts";
import { ProductMark } from "../../../features/identity/product-mark.tsx";
import { returnPath } from "../../../features/identity/return-path.ts";
import { SignInForm } from "../../../features/identity/sign-in-form.tsx";
import { Link, redirect } from "../../../i18n/navigation.ts";
import { api, viewer } from "../../../trpc/server.ts";

type Props = { searchParams: Promise<{ callbackUrl?: string; error?: string }> };

const providerNames: Record<string, string> = {
  google: "Google",
  "azure-ad": "Microsoft",
  microsoft: "Microsoft",
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const [{ callbackUrl, error }, locale, t] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations("signIn"),
  ]);
  if (await viewer()) redirect({ href: "/dashboard/calendar", locale });
  const { demo, signInProviders } = await (await api()).session.config();
  return (
    <NextIntlClientProvider>
      <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
        <header className="flex flex-col gap-3">
          <Link href="/" className="self-start rounded-lg" aria-label="Créneau">
            <ProductMark className="size-10" />
          </Link>
          <div>
            <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
            <p className="text-muted-foreground">{t("lead")}</p>
          </div>
        </header>
        <noscript>
          <p className="rounded-md border border-warning/40 bg-warning/10 px-3 py-2">{t("withoutScript")}</p>
        </noscript>
        <SignInForm
          returnTo={returnPath({ asked: callbackUrl, locale })}
          passwordPath={`/${locale}/settings/profile`}
          demo={demo}
          emailLink={signInProviders.includes("email")}
          providers={signInProviders
            .filter((id) => id in providerNames)
            .map((id) => ({ id, name: providerNames[id] ?? id }))}
          failure={error ? failureOf(error) : null}
        />
      </main>
    </NextIntlClientProvider>
  );
}
