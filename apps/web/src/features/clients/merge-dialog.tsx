"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";

export type Client = Outputs["directory"]["clients"]["list"]["items"][number];

type MergeDialogProps = { clients: readonly Client[]; onClose: () => void; onMerged: () => void };

/** Asks which of several records stays; the others' appointments, subjects and notes move to it. */
export function MergeDialog({ clients, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations("clients");
  const common = useTranslations("common");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [keepId, setKeepId] = useState(clients[0]?.id ?? "");
  const merge = trpc.directory.clients.merge.useMutation({
    onSuccess: ({ moved }) => {
      toast.success(t("merge.done", { appointments: moved.appointments }));
      void utils.directory.clients.invalidate();
      onMerged();
    },
    onError: tell,
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("merge.title")} description={t("merge.description")}>
        <fieldset className="mb-4 flex flex-col gap-1.5">
          <legend className="sr-only">{t("merge.title")}</legend>
          {clients.map((client) => (
            <label key={client.id} className="flex cursor-pointer items-start gap-3 rounded-lg border p-3">
              <input
                type="radio"
                name="keep"
                className="mt-1 accent-accent"
                checked={keepId === client.id}
                onChange={() => setKeepId(client.id)}
              />
              <span className="min-w-0">
                <span className="block truncate font-medium">{client.name}</span>
                <span className="block truncate text-muted-foreground text-xs">
                  {[client.phone && formatPhone(client.phone), client.email].filter(Boolean).join(" · ")}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            variant="danger"
            disabled={merge.isPending}
            onClick={() =>
              merge.mutate({ keepId, mergeIds: clients.map(({ id }) => id).filter((id) => id !== keepId) })
            }
          >
            {t("merge.submit")}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
}
