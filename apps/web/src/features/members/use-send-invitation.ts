"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";

type Handed = { email: string; link: string };

/** Sends an invitation, or the same again with a new link; where no mail goes out, `handed` holds the link to pass on. */
export function useSendInvitation({
  isAgain = false,
  onSent,
  onError,
}: {
  isAgain?: boolean;
  onSent?: () => void;
  onError: (error: unknown) => void;
}) {
  const t = useTranslations("members.invitation");
  const utils = trpc.useUtils();
  const [handed, setHanded] = useState<Handed | null>(null);
  const mutation = trpc.members.invite.useMutation({
    onSuccess: async ({ invitation: { email }, link }) => {
      await utils.members.list.invalidate();
      if (link) return setHanded({ email, link });
      toast.success(isAgain ? t("sentAgain", { email }) : t("sent", { email }));
      onSent?.();
    },
    onError,
  });
  return { send: mutation.mutate, isPending: mutation.isPending, handed, dismiss: () => setHanded(null) };
}
