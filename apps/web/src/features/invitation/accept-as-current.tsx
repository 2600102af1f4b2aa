"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonVariants } from "../../components/button.tsx";
import { Link } from "../../i18n/navigation.ts";
import { signOut } from "../identity/auth-endpoints.ts";
import type { AcceptProps } from "./invitation.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import { useAccept } from "./use-accept.ts";

type AcceptAsCurrentProps = AcceptProps & { current: { name: string; email: string } };

/** For somebody signed in: one button, or, signed in as somebody else, the way out of that session. */
export function AcceptAsCurrent({ invitation, token, current }: AcceptAsCurrentProps) {
  const t = useTranslations("invitation");
  const locale = useLocale();
  const { accept, problem } = useAccept(token);
  const [isBusy, setIsBusy] = useState(false);
  const isTheirs = current.email === invitation.email;

  async function run(action: () => Promise<void>) {
    setIsBusy(true);
    await action();
    setIsBusy(false);
  }

  async function switchAccount() {
    await signOut({ callbackUrl: `/${locale}` });
    location.reload();
    await new Promise(() => {});
  }

  return (
    <div className="flex flex-col gap-3">
      <p>
        {isTheirs
          ? t("acceptAs", { name: current.name })
          : t("otherAccount", { email: invitation.email, current: current.email })}
      </p>
      <ProblemNotice problem={problem} />
      <Button size="large" isBusy={isBusy} onClick={() => run(isTheirs ? () => accept() : switchAccount)}>
        {isBusy ? t("working") : isTheirs ? t("accept") : t("switchAccount")}
      </Button>
      {!isTheirs && (
        <Link href="/dashboard/calendar" className={buttonVariants({ variant: "secondary", size: "large" })}>
          {t("keepAccount")}
        </Link>
      )}
    </div>
  );
}
