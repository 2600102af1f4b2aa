import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { StaffProviders } from "../../components/staff-providers.tsx";
import { redirect } from "../../i18n/navigation.ts";
import { TrpcProvider } from "../../trpc/provider.tsx";
import { viewer } from "../../trpc/server.ts";
import { ViewerProvider } from "../viewer/viewer.tsx";
import { accentRule } from "./accent.ts";
import { NoOrganization } from "./no-organization.tsx";
import { Shell } from "./shell.tsx";

/** Around every page of staff. A visitor is sent to sign in and brought back to the page they asked for. */
export async function StaffFrame({ children }: { children: ReactNode }) {
  const [me, locale, requestHeaders] = await Promise.all([viewer(), getLocale(), headers()]);
  if (!me) {
    const callbackUrl = requestHeaders.get("x-requested-path") ?? undefined;
    return redirect({ href: { pathname: "/sign-in", query: callbackUrl ? { callbackUrl } : {} }, locale });
  }
  const { organization, role } = me;
  if (!organization || !role) return <NoOrganization />;
  const rule = accentRule(organization.accent);
  return (
    <TrpcProvider>
      <ViewerProvider viewer={{ ...me, organization, role }}>
        {rule && (
          <style href={`accent-${organization.accent.slice(1)}`} precedence="high">
            {rule}
          </style>
        )}
        <StaffProviders>
          <Shell>{children}</Shell>
        </StaffProviders>
      </ViewerProvider>
    </TrpcProvider>
  );
}
