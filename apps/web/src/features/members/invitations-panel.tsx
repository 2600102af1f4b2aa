"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { HandedLinkDialog } from "./handed-link-dialog.tsx";
import type { PendingInvitation } from "./member.ts";
import { seatReach } from "./seat-reach.ts";
import { useSeatSites } from "./use-seat-sites.ts";
import { useSendInvitation } from "./use-send-invitation.ts";

/** Seats offered and not taken yet: until when, sent again, withdrawn. */
export function InvitationsPanel({ invitations }: { invitations: readonly PendingInvitation[] }) {
  const t = useTranslations("members.invitations");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const config = trpc.session.config.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const [withdrawn, setWithdrawn] = useState<PendingInvitation | null>(null);
  const sitesOf = useSeatSites(invitations);
  const again = useSendInvitation({ isAgain: true, onError: tell });
  const revoke = trpc.members.revokeInvitation.useMutation({
    onSuccess: async () => {
      await utils.members.list.invalidate();
      toast.success(t("revoked", { email: withdrawn?.email ?? "" }));
      setWithdrawn(null);
    },
    onError: (error) => {
      setWithdrawn(null);
      tell(error);
      void utils.members.list.invalidate();
    },
  });

  return (
    <Panel
      title={t("title")}
      description={t("lead")}
      actions={
        config.data?.demo && (
          <a
            href="/demo/mailbox"
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-7 items-center underline underline-offset-2 max-sm:min-h-11"
          >
            {t("mailbox")}
          </a>
        )
      }
    >
      {invitations.length === 0 ? (
        <p className="text-muted-foreground">{t("none")}</p>
      ) : (
        <ul className="divide-y">
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              sites={sitesOf(invitation)}
              isBusy={again.isPending}
              onResend={() =>
                again.send({
                  email: invitation.email,
                  role: invitation.role,
                  siteIds: invitation.siteIds,
                })
              }
              onRevoke={() => setWithdrawn(invitation)}
            />
          ))}
        </ul>
      )}
      {again.handed && <HandedLinkDialog {...again.handed} onClose={again.dismiss} />}
      {withdrawn && (
        <ConfirmDialog
          title={t("revokeTitle", { email: withdrawn.email })}
          description={t("revokeLead")}
          action={t("revokeAction")}
          isDanger
          isBusy={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: withdrawn.id })}
          onClose={() => setWithdrawn(null)}
        />
      )}
    </Panel>
  );
}

type InvitationRowProps = {
  invitation: PendingInvitation;
  /** Those of the seat, in words. */
  sites: string;
  isBusy: boolean;
  onResend: () => void;
  onRevoke: () => void;
};

function InvitationRow({ invitation, sites, isBusy, onResend, onRevoke }: InvitationRowProps) {
  const t = useTranslations("members.invitations");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const viewer = useViewer();
  const { email, role, invitedBy, expiresAt, isExpired } = invitation;
  const day = dateFormat(locale, { dateStyle: "medium", timeZone: viewer.organization.timezone });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-52 flex-1">
        <p className="break-all font-medium">{email}</p>
        <p className="text-muted-foreground text-xs">
          {[staff(`roles.${role}`), sites, invitedBy && t("by", { name: invitedBy })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {isExpired ? (
        <Badge tone="warning">{t("expired")}</Badge>
      ) : (
        <time dateTime={expiresAt} className="text-muted-foreground text-xs">
          {t("until", { date: day.format(Date.parse(expiresAt)) })}
        </time>
      )}
      {seatReach(viewer).canChange(invitation) && (
        <div className="flex gap-2">
          <Button
            variant="secondary"
            className="max-sm:h-11"
            disabled={isBusy}
            aria-label={t("resendTo", { email })}
            onClick={onResend}
          >
            {t("resend")}
          </Button>
          <Button
            variant="ghost"
            className="max-sm:h-11"
            aria-label={t("revokeOf", { email })}
            onClick={onRevoke}
          >
            {t("revoke")}
          </Button>
        </div>
      )}
    </li>
  );
}
