"use client";

import { LogOut } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";

/** Ends every session of this person, on all devices. */
export function SessionsPanel() {
  const t = useTranslations("profile.sessions");
  const locale = useLocale();
  const { tell } = useRefusal();
  const [isAsking, setIsAsking] = useState(false);
  const signOut = trpc.session.signOutEverywhere.useMutation({
    onSuccess: () => location.assign(`/${locale}/sign-in`),
    onError: tell,
  });
  return (
    <Panel title={t("title")}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-52 flex-1 text-muted-foreground">{t("lead")}</p>
        <Button variant="secondary" className="max-sm:h-11" onClick={() => setIsAsking(true)}>
          <LogOut aria-hidden />
          {t("button")}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("confirmTitle")}
          description={t("confirmLead")}
          action={t("button")}
          isDanger
          isBusy={signOut.isPending}
          onConfirm={() => signOut.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Panel>
  );
}
