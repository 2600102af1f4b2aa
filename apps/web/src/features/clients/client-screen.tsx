"use client";

import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { dateFormat } from "@creneau/domain/time/date-format";
import { Archive, ArchiveRestore, CalendarPlus, Mail, Pencil, Phone } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { toast } from "sonner";
import { Badge } from "../../components/badge.tsx";
import { Button, buttonVariants } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Page, Panel } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { isGone } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { LoadFailure, NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { useLiveDirectory } from "../directory/use-live-directory.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { StatusBadge } from "../statuses/status-badge.tsx";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { ClientAliases } from "./client-aliases.tsx";
import { ClientGone } from "./client-gone.tsx";
import { ClientMerges, MergedNotice } from "./client-merges.tsx";
import { DuplicatesNotice } from "./duplicates-notice.tsx";
import { mayMergeClients } from "./may-merge.ts";
import { PortalLink } from "./portal-link.tsx";
import { SubjectList } from "./subject-list.tsx";

type ClientDetail = Outputs["directory"]["clients"]["byId"];

/** One client: contact, coming and past appointments, subjects. */
export function ClientScreen({ id }: { id: string }) {
  const t = useTranslations("clients");
  const { permissions } = useViewer();
  const mayView = permissions.includes("clients.view");
  useLiveDirectory();
  const query = trpc.directory.clients.byId.useQuery({ id }, { enabled: mayView });
  if (!mayView) return <NotAllowed />;
  if (query.isError && isGone(query.error)) return <ClientGone />;
  if (query.data) return <ClientDetails client={query.data} />;
  return (
    <Page title={t("title")}>
      {query.isError ? <LoadFailure onRetry={() => void query.refetch()} /> : <RowsSkeleton rows={4} />}
    </Page>
  );
}

function ClientDetails({ client }: { client: ClientDetail }) {
  const t = useTranslations("clients");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const viewer = useViewer();
  const { permissions, organization } = viewer;
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const mayChange = permissions.includes("clients.change");
  const archive = trpc.directory.clients.archive.useMutation({
    onSuccess: ({ archivedAt }) => {
      toast.success(archivedAt ? t("detail.archived") : t("detail.restored"));
      void utils.directory.clients.invalidate();
    },
    onError: tell,
  });
  const since = dateFormat(locale, { dateStyle: "long", timeZone: organization.timezone });
  return (
    <Page
      title={client.name}
      lead={t("detail.since", { date: since.format(Date.parse(client.createdAt)) })}
      actions={
        mayChange &&
        !client.mergedInto && (
          <>
            <Button
              variant="ghost"
              disabled={archive.isPending}
              onClick={() => archive.mutate({ id: client.id, archived: client.archivedAt === null })}
            >
              {client.archivedAt ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
              {client.archivedAt ? staff("restore") : staff("archive")}
            </Button>
            <Link
              href={`/dashboard/clients/${client.id}/edit`}
              className={buttonVariants({ variant: "secondary" })}
            >
              <Pencil aria-hidden />
              {t("detail.edit")}
            </Link>
            {permissions.includes("appointments.create") && !client.archivedAt && (
              <Link href={`/dashboard/appointments/new?client=${client.id}`} className={buttonVariants()}>
                <CalendarPlus aria-hidden />
                {t("detail.appointment")}
              </Link>
            )}
          </>
        )
      }
    >
      {mayMergeClients(viewer) && !client.archivedAt && <DuplicatesNotice clientId={client.id} />}
      {client.mergedInto && <MergedNotice into={client.mergedInto} />}
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_3fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t("detail.contact")}>
            <div className="flex flex-col gap-2">
              {client.archivedAt && !client.mergedInto && (
                <Badge className="self-start">{staff("archived")}</Badge>
              )}
              {client.phone && (
                <a
                  href={`tel:${client.phone}`}
                  className="tabular inline-flex items-center gap-2 underline max-sm:min-h-11 underline-offset-2"
                >
                  <Phone aria-hidden className="size-4" />
                  {formatPhone(client.phone)}
                </a>
              )}
              {client.email && (
                <a
                  href={`mailto:${client.email}`}
                  className="inline-flex items-center gap-2 break-all underline max-sm:min-h-11 underline-offset-2"
                >
                  <Mail aria-hidden className="size-4" />
                  {client.email}
                </a>
              )}
              {client.kind === "company" && (
                <p>{[t("kinds.company"), client.company, client.siret].filter(Boolean).join(" · ")}</p>
              )}
              <ClientAliases client={client} canChange={mayChange && !client.archivedAt} />
              <p className="text-muted-foreground text-xs">
                {client.locale === "fr" ? "Français" : "English"} · {client.timezone}
              </p>
            </div>
          </Panel>
          <SubjectList
            clientId={client.id}
            subjects={client.subjects}
            canChange={mayChange && !client.archivedAt}
          />
          <ClientMerges merges={client.merges} />
          {!client.archivedAt && <PortalLink client={client} canChange={mayChange} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title={t("detail.upcoming")}>
            <AppointmentLinks items={client.upcoming} empty={t("detail.noUpcoming")} />
          </Panel>
          <Panel title={t("detail.past")}>
            <AppointmentLinks items={client.past} empty={t("detail.noPast")} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function AppointmentLinks({ items, empty }: { items: ClientDetail["upcoming"]; empty: string }) {
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  if (items.length === 0) return <p className="text-muted-foreground">{empty}</p>;
  return (
    <ul className="divide-y">
      {items.map((item) => {
        const status = appointmentStatuses.find((each) => each === item.status);
        return (
          <li key={item.id}>
            <Link
              href={`/dashboard/appointments/${item.id}`}
              className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-2 hover:bg-muted/60"
            >
              <time dateTime={item.startsAt} className="w-40 font-medium">
                {dayAndTime({ instant: item.startsAt, zone, locale })}
              </time>
              <span className="min-w-0 flex-1 truncate text-muted-foreground">
                {[item.serviceName ?? item.title, item.providerName].filter(Boolean).join(" · ")}
              </span>
              {status && <StatusBadge status={status} />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
