"use client";

import { createRoomInput } from "@creneau/api/directory/schema";
import { DoorOpen, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useDirectoryRefresh } from "../settings/use-directory-refresh.ts";
import { useFormErrors } from "../settings/use-form-errors.ts";
import { RoomRow } from "./room-row.tsx";

/** The rooms of a site: added, renamed, put away and taken back where they stand. */
export function RoomsPanel({ siteId, canChange }: { siteId: string; canChange: boolean }) {
  const t = useTranslations("sites.rooms");
  const query = trpc.directory.rooms.list.useQuery({ siteIds: [siteId], includeArchived: canChange });
  const rooms = query.data?.items.toSorted(
    (a, b) =>
      Number(a.archivedAt !== null) - Number(b.archivedAt !== null) ||
      a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
  return (
    <Panel title={t("title")} description={t("description")}>
      {query.isPending && <RowsSkeleton rows={2} />}
      {query.isError && <LoadFailure onRetry={() => void query.refetch()} />}
      {rooms?.length === 0 && (
        <p className="flex items-center gap-2 text-muted-foreground">
          <DoorOpen aria-hidden className="size-4 shrink-0" />
          {t("none")}
        </p>
      )}
      {rooms && rooms.length > 0 && (
        <ul className="divide-y" aria-label={t("title")}>
          {rooms.map((room) => (
            <RoomRow key={room.id} room={room} canChange={canChange} />
          ))}
        </ul>
      )}
      {canChange && rooms && <AddRoom siteId={siteId} />}
    </Panel>
  );
}

function AddRoom({ siteId }: { siteId: string }) {
  const t = useTranslations("sites.rooms");
  const refresh = useDirectoryRefresh();
  const input = useRef<HTMLInputElement | null>(null);
  const form = useForm<{ name: string }>({
    defaultValues: { name: "" },
    resolver: schemaResolver<{ name: string }>(createRoomInput, {
      toInput: ({ name }) => ({ siteId, name }),
    }),
  });
  const { messageOf, refuse } = useFormErrors(form);
  const create = trpc.directory.rooms.create.useMutation({
    onSuccess: ({ name }) => {
      toast.success(t("added", { name }));
      form.reset();
      input.current?.focus();
      void refresh();
    },
    onError: (error) => refuse(error, (field) => (field === "name" ? "name" : undefined)),
  });
  const { ref, ...field } = form.register("name");
  return (
    <form
      noValidate
      className="mt-3 flex items-start gap-2 border-t pt-3"
      onSubmit={form.handleSubmit(({ name }) => create.mutate({ siteId, name }))}
    >
      <div className="min-w-0 flex-1 sm:max-w-xs">
        <Field label={t("newName")} error={messageOf("name")}>
          {(control) => (
            <Input
              {...control}
              {...field}
              ref={(element) => {
                ref(element);
                input.current = element;
              }}
              maxLength={200}
              autoComplete="off"
              className="max-sm:h-11"
              placeholder={t("placeholder")}
            />
          )}
        </Field>
      </div>
      <Button
        type="submit"
        variant="secondary"
        className="mt-[1.6rem] h-9 max-sm:h-11"
        disabled={create.isPending}
      >
        <Plus aria-hidden />
        {t("add")}
      </Button>
    </form>
  );
}
