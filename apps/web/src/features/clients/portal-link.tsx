"use client";

import { Eye, Send, Unlink } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Panel } from "../../components/page.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { PortalPreview } from "./portal-preview.tsx";

type ClientDetail = Outputs["directory"]["clients"]["byId"];

/**
 * The client's own page: staff have its link sent to the client, look at what is on it, and take links back. The link
 * itself acts as the client, so nobody here is shown it.
 */
export function PortalLink({ client, canChange }: { client: ClientDetail; canChange: boolean }) {
  const t = useTranslations("clients.portal");
  const locale = useLocale();
  const { organization } = useViewer();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [isLooking, setIsLooking] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const preview = trpc.clientLinks.preview.useQuery({ id: client.id });
  const send = trpc.clientLinks.send.useMutation({
    onSuccess: ({ email }) => {
      toast.success(t("sent", { email }));
      void utils.clientLinks.invalidate();
    },
    onError: tell,
  });
  const revoke = trpc.clientLinks.revoke.useMutation({
    onSuccess: () => {
      toast.success(t("revoked"));
      setIsAsking(false);
    },
    onError: tell,
  });
  const lastSentAt = preview.data?.lastSentAt;
  return (
    <Panel title={t("title")} description={t("lead")}>
      <div className="flex flex-col items-start gap-2">
        {!client.email && <p className="text-muted-foreground">{t("noAddress")}</p>}
        <div className="flex flex-wrap gap-2">
          {canChange && client.email && (
            <Button
              variant="secondary"
              className="max-w-full max-sm:h-11"
              disabled={send.isPending}
              onClick={() => send.mutate({ id: client.id })}
            >
              <Send aria-hidden />
              {t("send")}
            </Button>
          )}
          <Button
            variant="ghost"
            className="max-sm:h-11"
            disabled={!preview.data}
            onClick={() => setIsLooking(true)}
          >
            <Eye aria-hidden />
            {t("look")}
          </Button>
          {canChange && (
            <Button variant="ghost" className="max-sm:h-11" onClick={() => setIsAsking(true)}>
              <Unlink aria-hidden />
              {t("revoke")}
            </Button>
          )}
        </div>
        {lastSentAt && (
          <p className="text-muted-foreground text-xs">
            {t("lastSent", {
              when: dayAndTime({ instant: lastSentAt, zone: organization.timezone, locale }),
            })}
          </p>
        )}
      </div>
      {isLooking && preview.data && (
        <PortalPreview preview={preview.data} onClose={() => setIsLooking(false)} />
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("revokeTitle")}
          description={t("revokeText")}
          action={t("revoke")}
          isDanger
          isBusy={revoke.isPending}
          onConfirm={() => revoke.mutate({ id: client.id })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Panel>
  );
}
