"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { FreshAddress } from "./fresh-address.tsx";

type Feed = Outputs["calendarFeed"]["list"]["items"][number];

/** One provider's link: made, renewed, closed; its address shown once, when it is made. */
export function FeedControls({ feed, isNamed = false }: { feed: Feed; isNamed?: boolean }) {
  const t = useTranslations("calendarFeed");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [address, setAddress] = useState<string | null>(null);
  const [question, setQuestion] = useState<"renew" | "close" | null>(null);
  const { providerId, name, isOpen } = feed;
  const onError = (error: unknown) => {
    setQuestion(null);
    tell(error);
  };
  const renew = trpc.calendarFeed.renew.useMutation({
    onSuccess: async ({ url }) => {
      setQuestion(null);
      setAddress(url);
      await utils.calendarFeed.list.invalidate();
    },
    onError,
  });
  const close = trpc.calendarFeed.close.useMutation({
    onSuccess: async () => {
      setQuestion(null);
      setAddress(null);
      toast.success(t("closed"));
      await utils.calendarFeed.list.invalidate();
    },
    onError,
  });

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {isNamed && <span className="min-w-40 flex-1 font-medium">{name}</span>}
        {isNamed || isOpen ? (
          <span className={isNamed ? "" : "flex-1"}>
            <Badge tone={isOpen ? "success" : "neutral"}>{isOpen ? t("statusOn") : t("statusOff")}</Badge>
          </span>
        ) : (
          <p className="flex-1 text-muted-foreground">{t("off")}</p>
        )}
        <div className="flex gap-2">
          {isOpen ? (
            <>
              <Button
                variant="secondary"
                className="max-sm:h-11"
                aria-label={t("renewFor", { name })}
                onClick={() => setQuestion("renew")}
              >
                {t("renew")}
              </Button>
              <Button
                variant="ghost"
                className="max-sm:h-11"
                aria-label={t("closeFor", { name })}
                onClick={() => setQuestion("close")}
              >
                {t("close")}
              </Button>
            </>
          ) : (
            <Button
              variant={isNamed ? "secondary" : "primary"}
              className="max-sm:h-11"
              aria-label={t("createFor", { name })}
              disabled={renew.isPending}
              onClick={() => renew.mutate({ providerId })}
            >
              {t("create")}
            </Button>
          )}
        </div>
      </div>
      {address ? (
        <FreshAddress name={name} address={address} />
      ) : (
        !isNamed && isOpen && <p className="text-muted-foreground">{t("on")}</p>
      )}
      {question && (
        <ConfirmDialog
          title={t(`${question}Title`)}
          description={t(`${question}Lead`)}
          action={t(question)}
          isDanger={question === "close"}
          isBusy={renew.isPending || close.isPending}
          onConfirm={() => (question === "renew" ? renew : close).mutate({ providerId })}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  );
}
