"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { LeaveDialog } from "../members/leave-dialog.tsx";
import { useSwitchOrganization } from "../shell/use-switch-organization.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** The seats of this person: which one is in use here, how to change to another, how to give up this one. */
export function OrganizationsPanel() {
  const t = useTranslations("profile.organizations");
  const staff = useTranslations("staff");
  const { organization, organizations } = useViewer();
  const { switchTo, isPending } = useSwitchOrganization();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Panel title={t("title")} description={t("lead")}>
      <ul className="divide-y">
        {organizations.map(({ id, name, role }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 py-2.5">
            <Avatar name={name} className="rounded-md" />
            <span className="min-w-40 flex-1">
              <span className="block font-medium">{name}</span>
              <span className="block text-muted-foreground text-xs">{staff(`roles.${role}`)}</span>
            </span>
            {id === organization.id ? (
              <>
                <Badge tone="accent">{t("current")}</Badge>
                <Button variant="secondary" className="max-sm:h-11" onClick={() => setIsLeaving(true)}>
                  {t("leave")}
                </Button>
              </>
            ) : (
              <Button
                variant="secondary"
                className="max-sm:h-11"
                disabled={isPending}
                onClick={() => switchTo(id)}
              >
                {t("switch")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isLeaving && <LeaveDialog onClose={() => setIsLeaving(false)} />}
    </Panel>
  );
}
