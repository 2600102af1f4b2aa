"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { ProductMark } from "../identity/product-mark.tsx";
import { AcceptAsCurrent } from "./accept-as-current.tsx";
import { AcceptWithAccount } from "./accept-with-account.tsx";
import { AcceptWithNewAccount } from "./accept-with-new-account.tsx";
import type { AcceptProps } from "./invitation.ts";

type InvitationScreenProps = AcceptProps & {
  /** Who is signed in on this browser, if anybody. */
  current: { name: string; email: string } | null;
};

/** An invitation: from whom, for which seat, and the one form that fits whoever opens it. */
export function InvitationScreen({ invitation, token, current }: InvitationScreenProps) {
  const t = useTranslations("invitation");
  const staff = useTranslations("staff");
  const members = useTranslations("members");
  const locale = useLocale();
  const { organizationName: organization, invitedBy, email, role, expiresAt, timezone } = invitation;
  const day = dateFormat(locale, { dateStyle: "long", timeZone: timezone }).format(Date.parse(expiresAt));
  return (
    <div className="m-auto flex w-full max-w-sm flex-col gap-6">
      <header className="flex flex-col gap-3">
        <ProductMark className="size-10" />
        <div>
          <h1 className="text-balance font-semibold text-2xl tracking-tight">
            {t("join", { organization })}
          </h1>
          <p className="mt-1 text-muted-foreground">
            {invitedBy ? t("by", { name: invitedBy, organization }) : t("byNobody", { organization })}
          </p>
        </div>
      </header>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2 rounded-xl border bg-surface p-4">
        <dt className="text-muted-foreground">{t("email")}</dt>
        <dd className="min-w-0 break-words">{email}</dd>
        <dt className="text-muted-foreground">{t("role")}</dt>
        <dd>
          <span className="font-medium">{staff(`roles.${role}`)}</span>
          <span className="block text-muted-foreground text-xs">{members(`roleLeads.${role}`)}</span>
        </dd>
        <dt className="text-muted-foreground">{t("until")}</dt>
        <dd>
          <time dateTime={expiresAt}>{day}</time>
        </dd>
      </dl>
      {current ? (
        <AcceptAsCurrent invitation={invitation} token={token} current={current} />
      ) : invitation.hasAccount ? (
        <AcceptWithAccount invitation={invitation} token={token} />
      ) : (
        <AcceptWithNewAccount invitation={invitation} token={token} />
      )}
    </div>
  );
}
