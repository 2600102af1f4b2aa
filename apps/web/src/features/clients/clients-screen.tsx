"use client";

import { Merge, Plus, Search, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button, buttonVariants } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Input } from "../../components/input.tsx";
import { Page } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { LoadMore } from "../directory/load-more.tsx";
import { LoadFailure, NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { useDelayed } from "../directory/use-delayed.ts";
import { useLiveDirectory } from "../directory/use-live-directory.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { contactLine } from "./client-words.ts";
import { FoundBy } from "./found-by.tsx";
import { mayMergeClients } from "./may-merge.ts";
import { MergeDialog } from "./merge-dialog.tsx";

/** The clients of the organization: found by the server, opened, added, and merged when they are doubles. */
export function ClientsScreen() {
  const { permissions } = useViewer();
  return permissions.includes("clients.view") ? <ClientList /> : <NotAllowed />;
}

function ClientList() {
  const t = useTranslations("clients");
  const viewer = useViewer();
  const { permissions } = viewer;
  useLiveDirectory();
  const url = useUrlState();
  const [text, setText] = useState(url.get("search") ?? "");
  const search = useDelayed(text.trim());
  const [isMerging, setIsMerging] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAsking, setIsAsking] = useState(false);
  const { update } = url;
  useEffect(() => update({ search }), [search, update]);
  const list = trpc.directory.clients.list.useInfiniteQuery(
    { search: search || undefined, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: (previous) => previous },
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const stop = () => {
    setIsMerging(false);
    setIsAsking(false);
    setChosen([]);
  };

  return (
    <Page
      title={t("title")}
      lead={isMerging ? t("merge.hint") : t("lead")}
      actions={
        <>
          {mayMergeClients(viewer) && (
            <Button variant="secondary" onClick={isMerging ? stop : () => setIsMerging(true)}>
              <Merge aria-hidden />
              {isMerging ? t("merge.stop") : t("merge.start")}
            </Button>
          )}
          {isMerging ? (
            <Button disabled={chosen.length < 2} onClick={() => setIsAsking(true)}>
              {t("merge.choose", { count: chosen.length })}
            </Button>
          ) : (
            permissions.includes("clients.change") && (
              <Link href="/dashboard/clients/new" className={buttonVariants()}>
                <Plus aria-hidden />
                {t("new")}
              </Link>
            )
          )}
        </>
      }
    >
      <span className="relative max-w-lg">
        <Search aria-hidden className="absolute top-3.5 left-3 size-4 text-muted-foreground" />
        <Input
          type="search"
          className="h-11 pl-9 text-base"
          aria-label={t("search")}
          placeholder={t("search")}
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      {list.isPending && <RowsSkeleton />}
      {list.isError && !list.data && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <EmptyState
          icon={Users}
          title={search ? t("empty.title") : t("none.title")}
          description={search ? t("empty.description") : t("none.description")}
        />
      )}
      {items.length > 0 && (
        <ul
          className={`divide-y overflow-hidden rounded-xl border bg-surface ${list.isPlaceholderData ? "opacity-60" : ""}`}
        >
          {items.map((client) => (
            <li key={client.id} className="flex items-center gap-3 px-3 hover:bg-muted/60">
              {isMerging && (
                <input
                  type="checkbox"
                  className="size-5 shrink-0 accent-accent"
                  aria-label={t("merge.select", { name: client.name })}
                  checked={chosen.includes(client.id)}
                  onChange={(event) =>
                    setChosen(
                      event.target.checked ? [...chosen, client.id] : chosen.filter((id) => id !== client.id),
                    )
                  }
                />
              )}
              <Link
                href={`/dashboard/clients/${client.id}`}
                className="flex min-h-14 min-w-0 flex-1 items-center gap-3"
              >
                <Avatar name={client.name} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{client.name}</span>
                  <span className="block truncate text-muted-foreground text-xs sm:hidden">
                    {contactLine(client)}
                  </span>
                  <FoundBy client={client} search={search} />
                </span>
                <span className="tabular hidden w-36 shrink-0 truncate sm:block">
                  {client.phone && formatPhone(client.phone)}
                </span>
                <span className="hidden w-64 shrink-0 truncate text-muted-foreground md:block">
                  {client.email}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={list} />
      {isAsking && <MergeDialog clientIds={chosen} onClose={() => setIsAsking(false)} onMerged={stop} />}
    </Page>
  );
}
