"use client";

import { Command } from "cmdk";
import { CalendarClock, CalendarPlus, type LucideIcon, Search, User, UserPlus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import { useState } from "react";
import { formatPhone } from "../../components/format-phone.ts";
import { useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { titleOf } from "../appointments/appointment.ts";
import { useDelayed } from "../directory/use-delayed.ts";
import { settingsPages } from "../settings/settings-pages.ts";
import { dayAndTime } from "../time/format-time.ts";
import { navigationItems } from "../viewer/navigation-items.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { matchCommand } from "./match-command.ts";
import { useComingAppointments } from "./use-coming-appointments.ts";

const itemClassName =
  "flex min-h-9 max-sm:min-h-11 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground";
const groupClassName =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs";

type CommandPaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** One box for everything: pages, actions, and clients as the server finds them. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const t = useTranslations("palette");
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/40" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-xl -translate-x-1/2 animate-fade-in overflow-hidden rounded-xl border bg-surface shadow-float focus:outline-none"
        >
          <Primitive.Title className="sr-only">{t("title")}</Primitive.Title>
          <PaletteBody onClose={() => onOpenChange(false)} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const t = useTranslations("palette");
  const shell = useTranslations("shell");
  const router = useRouter();
  const locale = useLocale();
  const staff = useTranslations("staff");
  const { permissions, organization } = useViewer();
  const [text, setText] = useState("");
  const query = useDelayed(text.trim());
  const maySearch = permissions.includes("clients.view") && query.length >= 2;
  const found = trpc.directory.clients.search.useQuery({ query, limit: 6 }, { enabled: maySearch });
  const clients = maySearch ? (found.data?.items ?? []) : [];

  const coming = useComingAppointments(query);

  function go(href: string) {
    onClose();
    router.push(href);
  }

  function item({ value, label, href, icon: Icon, hint }: Entry) {
    return (
      <Command.Item
        key={value}
        value={value}
        keywords={[label]}
        className={itemClassName}
        onSelect={() => go(href)}
      >
        <Icon aria-hidden />
        <span className="truncate">{label}</span>
        {hint && <span className="ml-auto truncate pl-3 text-muted-foreground text-xs">{hint}</span>}
      </Command.Item>
    );
  }

  const pages = navigationItems.filter(({ permission }) => !permission || permissions.includes(permission));
  const settings = settingsPages.filter(({ permission }) => !permission || permissions.includes(permission));
  return (
    <Command loop label={t("title")} filter={matchCommand}>
      <div className="flex items-center gap-2.5 border-b px-3">
        <Search aria-hidden className="size-4 text-muted-foreground" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t("placeholder")}
          aria-label={t("placeholder")}
          className="h-12 flex-1 bg-transparent text-base outline-none placeholder:text-muted-foreground"
        />
      </div>
      <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5" aria-label={t("title")}>
        <Command.Empty className="px-3 py-6 text-center text-muted-foreground">
          {(maySearch && found.isFetching) || coming.isFetching ? t("searching") : t("empty")}
        </Command.Empty>
        {clients.length > 0 && (
          <Command.Group heading={t("clients")} className={groupClassName} forceMount>
            {clients.map((client) => (
              <Command.Item
                key={client.id}
                forceMount
                value={`client ${client.id}`}
                className={itemClassName}
                onSelect={() => go(`/dashboard/clients/${client.id}`)}
              >
                <User aria-hidden />
                <span className="truncate">{client.name}</span>
                <span className="ml-auto truncate pl-3 text-muted-foreground text-xs">
                  {[client.phone ? formatPhone(client.phone) : client.email, client.subjects[0]?.reference]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {coming.items.length > 0 && (
          <Command.Group heading={t("coming")} className={groupClassName} forceMount>
            {coming.items.map((appointment) => (
              <Command.Item
                key={appointment.id}
                forceMount
                value={`appointment ${appointment.id}`}
                className={itemClassName}
                onSelect={() => go(`/dashboard/appointments/${appointment.id}`)}
              >
                <CalendarClock aria-hidden />
                <span className="truncate">{titleOf(appointment, staff("busy"))}</span>
                <span className="tabular ml-auto shrink-0 pl-3 text-muted-foreground text-xs">
                  {dayAndTime({ instant: appointment.startsAt, zone: organization.timezone, locale })}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading={t("actions")} className={groupClassName}>
          {permissions.includes("appointments.create") &&
            item({
              value: "new-appointment",
              label: t("newAppointment"),
              href: "/dashboard/appointments/new",
              icon: CalendarPlus,
            })}
          {permissions.includes("clients.change") &&
            item({
              value: "new-client",
              label: t("newClient"),
              href: "/dashboard/clients/new",
              icon: UserPlus,
            })}
        </Command.Group>
        <Command.Group heading={t("pages")} className={groupClassName}>
          {pages.map(({ key, href, icon }) => item({ value: `page-${key}`, label: shell(key), href, icon }))}
          {settings.map(({ key, href, icon }) =>
            item({ value: `settings-${key}`, label: t(`${key}`), href, icon }),
          )}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

type Entry = { value: string; label: string; href: string; icon: LucideIcon; hint?: string };
