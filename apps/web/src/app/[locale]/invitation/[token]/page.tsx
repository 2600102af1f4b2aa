import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffProviders } from "../../../../components/staff-providers.tsx";
import { InvitationFrame } from "../../../../features/invitation/invitation-frame.tsx";
import { InvitationScreen } from "../../../../features/invitation/invitation-screen.tsx";
import { UnknownInvitation } from "../../../../features/invitation/unknown-invitation.tsx";
import { TrpcProvider } from "../../../../trpc/provider.tsx";
import { api, viewer } from "../../../../trpc/server.ts";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invitation");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

/** Told by its code: the error's class is the server's, and this bundle has another of the same name. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")
  );
}

/** What the link opens; null when it opens nothing any more. */
async function openInvitation(token: string) {
  try {
    return await (await api()).members.invitation({ token });
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** A seat offered by mail. Opening the link shows it; a button takes it. */
export default async function InvitationPage({ params }: Props) {
  const [{ token: encoded }, locale, me] = await Promise.all([params, getLocale(), viewer()]);
  const token = decodeURIComponent(encoded);
  const invitation = await openInvitation(token);
  if (!invitation) return <UnknownInvitation />;
  const other = locale === "fr" ? "en" : "fr";
  return (
    <TrpcProvider>
      <InvitationFrame accent={invitation.accent} otherLanguage={`/${other}/invitation/${encoded}`}>
        <StaffProviders>
          {" "}
          <InvitationScreen
            invitation={invitation}
            token={token}
            current={me && { name: me.user.name, email: me.user.email }}
          />
        </StaffProviders>{" "}
      </InvitationFrame>
    </TrpcProvider>
  );
}
