"use client";

import { rolePermissions } from "@creneau/api/identity/schema";
import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Panel } from "../../components/page.tsx";
import type { Viewer } from "../viewer/viewer.tsx";
import { roles } from "./member.ts";

type Permission = Viewer["permissions"][number];

/** The permissions that tell the roles apart, each with the name of its words. */
const abilities = [
  { permission: "agenda.view_all", words: "agenda_view_all" },
  { permission: "appointments.change_own", words: "appointments_change_own" },
  { permission: "appointments.change_all", words: "appointments_change_all" },
  { permission: "clients.change", words: "clients_change" },
  { permission: "availability.change_own", words: "availability_change_own" },
  { permission: "availability.change_all", words: "availability_change_all" },
  { permission: "directory.change", words: "directory_change" },
  { permission: "members.view", words: "members_view" },
  { permission: "members.change", words: "members_change" },
  { permission: "organization.change", words: "organization_change" },
  { permission: "owners.change", words: "owners_change" },
] as const satisfies { permission: Permission; words: string }[];

/** What each role may do, read from the policy that the screens follow. */
export function RoleMatrix() {
  const t = useTranslations("members.matrix");
  const members = useTranslations("members");
  const staff = useTranslations("staff");
  return (
    <Panel title={t("title")} description={t("lead")}>
      <div className="divide-y md:hidden">
        {roles.map((role) => (
          <details key={role} className="py-1">
            <summary className="min-h-11 cursor-pointer py-1.5">
              <span className="font-medium">{staff(`roles.${role}`)}</span>
              <span className="block text-muted-foreground text-xs">{members(`roleLeads.${role}`)}</span>
            </summary>
            <ul className="flex flex-col gap-1.5 pt-1 pb-3">
              {abilities
                .filter(({ permission }) => rolePermissions[role].includes(permission))
                .map(({ words }) => (
                  <li key={words} className="flex gap-2">
                    <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
                    {t(`abilities.${words}`)}
                  </li>
                ))}
            </ul>
          </details>
        ))}
      </div>
      <div className="hidden md:block">
        <dl className="mb-4 grid grid-cols-2 gap-x-6 gap-y-2 xl:grid-cols-3">
          {roles.map((role) => (
            <div key={role}>
              <dt className="font-medium">{staff(`roles.${role}`)}</dt>
              <dd className="text-muted-foreground text-xs">{members(`roleLeads.${role}`)}</dd>
            </div>
          ))}
        </dl>
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b text-muted-foreground text-xs">
              <th scope="col" className="py-2 pr-3 text-left font-medium">
                {t("ability")}
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" className="px-2 py-2 font-medium">
                  {staff(`roles.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y">
            {abilities.map(({ permission, words }) => (
              <tr key={permission}>
                <th scope="row" className="py-2 pr-3 text-left font-normal">
                  {t(`abilities.${words}`)}
                </th>
                {roles.map((role) => (
                  <td key={role} className="px-2 py-2 text-center">
                    {rolePermissions[role].includes(permission) ? (
                      <>
                        <Check aria-hidden className="mx-auto size-4 text-success" />
                        <span className="sr-only">{t("yes")}</span>
                      </>
                    ) : (
                      <>
                        <Minus aria-hidden className="mx-auto size-4 text-muted-foreground/60" />
                        <span className="sr-only">{t("no")}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
