"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "../../components/avatar.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import { useSwitchOrganization } from "./use-switch-organization.ts";

/** Names the organization at work and, for somebody who belongs to several, changes it. */
export function OrganizationSwitcher({ compact = false }: { compact?: boolean }) {
  const t = useTranslations("shell");
  const { organization, organizations, role } = useViewer();
  const { switchTo } = useSwitchOrganization();
  const face = (
    <>
      <Avatar name={organization.name} className="rounded-md bg-accent text-accent-foreground" />
      <span className={compact ? "sr-only" : "min-w-0 flex-1 text-left"}>
        <span className="block truncate font-semibold leading-tight">{organization.name}</span>
        <span className="block truncate text-muted-foreground text-xs">{t(`roles.${role}`)}</span>
      </span>
    </>
  );
  if (organizations.length < 2) {
    return <div className="flex items-center gap-2.5 p-1.5">{face}</div>;
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${t("switchOrganization")} : ${organization.name}`}
        className="flex w-full items-center gap-2.5 rounded-md p-1.5 hover:bg-muted"
      >
        {face}
        {!compact && <ChevronsUpDown aria-hidden className="size-4 text-muted-foreground" />}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel>{t("organizations")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={organization.id} onValueChange={switchTo}>
          {organizations.map((each) => (
            <DropdownMenuRadioItem key={each.id} value={each.id}>
              <Avatar name={each.name} className="size-6 rounded-md" />
              <span className="truncate">{each.name}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
