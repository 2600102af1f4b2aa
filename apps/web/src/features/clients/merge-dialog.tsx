"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useRefusal } from "../directory/use-refusal.ts";
import { type ComparedClient, differs, type MergeChoices, shownFields, sourceOf } from "./merge-choices.ts";
import { MergeComparison } from "./merge-comparison.tsx";
import { useUndoMerge } from "./use-undo-merge.ts";

type MergeDialogProps = {
  clientIds: readonly string[];
  onClose: () => void;
  /** `keptId`: the record that is left. */
  onMerged: (keptId: string) => void;
};

/** Puts several records side by side and asks which one stays and what of each; a merge can be taken back. */
export function MergeDialog({ clientIds, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations("clients.merge");
  const comparison = trpc.directory.clients.compare.useQuery({ ids: [...clientIds] }, { staleTime: 0 });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent isWide title={t("title")} description={t("description")}>
        {comparison.isPending && <RowsSkeleton rows={4} />}
        {comparison.isError && <LoadFailure onRetry={() => void comparison.refetch()} />}
        {comparison.data && <MergeForm {...comparison.data} onClose={onClose} onMerged={onMerged} />}
      </DialogContent>
    </Dialog>
  );
}

type MergeFormProps = Omit<MergeDialogProps, "clientIds"> & {
  records: ComparedClient[];
  suggestedId: string;
};

function MergeForm({ records, suggestedId, onClose, onMerged }: MergeFormProps) {
  const t = useTranslations("clients.merge");
  const common = useTranslations("common");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const undo = useUndoMerge();
  const [keepId, setKeepId] = useState(suggestedId);
  const [choices, setChoices] = useState<MergeChoices>({});
  const merge = trpc.directory.clients.merge.useMutation({
    onSuccess: ({ client, moved, mergeId }) => {
      toast.success(t("done", { appointments: moved.appointments }), {
        duration: 12_000,
        action: { label: t("undo"), onClick: () => undo.mutate({ id: mergeId }) },
      });
      void utils.directory.invalidate();
      void utils.appointments.invalidate();
      onMerged(client.id);
    },
    onError: (error) => {
      tell(error);
      void utils.directory.clients.invalidate();
    },
  });
  const fields = Object.fromEntries(
    shownFields(records)
      .filter((field) => differs(records, field))
      .map((field) => [field, sourceOf(records, { field, keepId, choices })]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const mergeIds = records.map(({ id }) => id).filter((id) => id !== keepId);
        merge.mutate({ keepId, mergeIds, fields });
      }}
    >
      <MergeComparison
        records={records}
        suggestedId={suggestedId}
        keepId={keepId}
        choices={choices}
        onKeep={setKeepId}
        onChoose={(field, id) => setChoices({ ...choices, [field]: id })}
      />
      <p className="mt-4 text-muted-foreground text-xs">{t("kept")}</p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {common("cancel")}
        </Button>
        <Button type="submit" disabled={merge.isPending}>
          {t("submit", { count: records.length })}
        </Button>
      </div>
    </form>
  );
}
