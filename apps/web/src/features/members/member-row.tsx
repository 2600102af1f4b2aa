"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { CalendarDays, EllipsisVertical } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Avatar } from "../../components/avatar.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import type { Member } from "./member.ts";
import { seatReach } from "./seat-reach.ts";

/** `sites`: those of the seat, in words. */
type MemberRowProps = { member: Member; sites: string; onAsk: (kind: "edit" | "remove" | "leave") => void };

/** One person of the team. */
export function MemberRow({ member, sites, onAsk }: MemberRowProps) {
  const t = useTranslations("members");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const viewer = useViewer();
  const { name, email, role, isSelf, createdAt } = member;
  const canChange = seatReach(viewer).canChange(member);
  const since = dateFormat(locale, { dateStyle: "medium", timeZone: viewer.organization.timezone });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 @3xl:grid-cols-[minmax(0,1fr)_8rem_10rem_7rem_2rem]">
      <div className="flex min-w-0 items-center gap-3">
        <Avatar name={name} />
        <div className="min-w-0">
          <p className="flex items-center gap-2">
            <span className="truncate font-medium">{name}</span>
            {isSelf && <Badge className="shrink-0">{t("you")}</Badge>}
            {member.providerId && (
              <span title={t("isProvider")} className="shrink-0 text-muted-foreground">
                <CalendarDays aria-hidden className="size-3.5" />
                <span className="sr-only">{t("isProvider")}</span>
              </span>
            )}
          </p>
          <p className="truncate text-muted-foreground text-xs">{email}</p>
          <p className="truncate text-xs @3xl:hidden">
            {staff(`roles.${role}`)} · <span className="text-muted-foreground">{sites}</span>
          </p>
        </div>
      </div>
      <p className="hidden truncate @3xl:block">{staff(`roles.${role}`)}</p>
      <p className="hidden truncate text-muted-foreground @3xl:block" title={sites}>
        {sites}
      </p>
      <time dateTime={createdAt} className="hidden text-muted-foreground @3xl:block">
        {since.format(Date.parse(createdAt))}
      </time>
      {canChange || isSelf ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button
              variant="ghost"
              size="icon"
              className="max-md:size-11"
              aria-label={t("actions", { name })}
            >
              <EllipsisVertical aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            {canChange && <DropdownMenuItem onSelect={() => onAsk("edit")}>{t("change")}</DropdownMenuItem>}
            {isSelf ? (
              <DropdownMenuItem onSelect={() => onAsk("leave")}>{t("leave")}</DropdownMenuItem>
            ) : (
              <DropdownMenuItem className="text-danger" onSelect={() => onAsk("remove")}>
                {t("remove")}
              </DropdownMenuItem>
            )}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : (
        <span />
      )}
    </li>
  );
}
