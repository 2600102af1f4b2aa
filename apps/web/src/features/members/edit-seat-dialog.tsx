"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import type { Member } from "./member.ts";
import { type SeatDraft, SeatFields } from "./seat-fields.tsx";

type EditSeatDialogProps = { member: Member; isOnlyOwner: boolean; onClose: () => void };

/** Another role or other sites for somebody's seat. */
export function EditSeatDialog({ member, isOnlyOwner, onClose }: EditSeatDialogProps) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [draft, setDraft] = useState<SeatDraft>({
    role: member.role,
    isEverywhere: member.siteIds.length === 0,
    siteIds: member.siteIds,
  });
  const [isIncomplete, setIsIncomplete] = useState(false);
  const change = trpc.members.changeRole.useMutation({
    onSuccess: async (changed) => {
      // One's own rights are on every screen: the server renders them anew.
      if (changed.isSelf) return location.reload();
      await utils.members.list.invalidate();
      toast.success(t("edit.saved", { name: changed.name, role: staff(`roles.${changed.role}`) }));
      onClose();
    },
    onError: tell,
  });
  const isRefused = isOnlyOwner && draft.role !== "owner";

  function save() {
    if (!draft.isEverywhere && draft.siteIds.length === 0) return setIsIncomplete(true);
    const siteIds = draft.isEverywhere ? [] : [...draft.siteIds];
    change.mutate({ id: member.id, role: draft.role, siteIds });
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={t("edit.title", { name: member.name })} description={t("edit.lead")}>
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <SeatFields
            value={draft}
            onChange={(next) => {
              setDraft(next);
              setIsIncomplete(false);
            }}
            sitesError={isIncomplete ? t("seat.sitesMissing") : undefined}
          />
          <div aria-live="polite" className="contents">
            {isRefused ? (
              <p className="rounded-md border border-warning/40 bg-warning/10 px-3 py-2">
                {t("edit.lastOwner")}
              </p>
            ) : (
              member.isSelf && <p className="text-muted-foreground">{t("edit.self")}</p>
            )}
          </div>
          <div className="flex justify-end gap-2">
            <Button variant="secondary" className="max-sm:h-11" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" className="max-sm:h-11" disabled={isRefused || change.isPending}>
              {change.isPending ? staff("saving") : staff("save")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
