"use client";

import { useTranslations } from "next-intl";
import { demoAccounts } from "./demo-accounts.ts";

type DemoAccountListProps = { onChoose: (email: string) => void };

/** Demo logins as buttons that fill the form, so that the sign-in itself stays the real one. */
export function DemoAccountList({ onChoose }: DemoAccountListProps) {
  const t = useTranslations("signIn");
  return (
    <section aria-labelledby="demo-accounts" className="rounded-xl border border-dashed bg-muted/50 p-4">
      <h2 id="demo-accounts" className="font-semibold">
        {t("demoTitle")}
      </h2>
      <p className="mb-3 text-muted-foreground text-xs">{t("demoHint")}</p>
      <ul className="flex flex-col gap-1">
        {demoAccounts.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              onClick={() => onChoose(account.email)}
              className="flex min-h-10 w-full flex-wrap items-center justify-between gap-x-3 rounded-md px-2 py-1 text-left hover:bg-muted-strong/60"
            >
              <span className="font-medium">{t(`demoRoles.${account.role}`)}</span>
              <span className="text-muted-foreground text-xs">{account.email}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
