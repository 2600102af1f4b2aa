import { Link2Off } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { answerNotFound } from "../../trpc/answer-not-found.ts";

/** An invitation that opens nothing (any more): the same 404 for one that never was. */
export async function UnknownInvitation() {
  await answerNotFound();
  const t = await getTranslations("invitation.gone");
  return (
    <EmptyPage
      isAlone
      icon={Link2Off}
      title={t("title")}
      description={t("lead")}
      action={
        <Link href="/sign-in" className={buttonVariants({ variant: "secondary", size: "large" })}>
          {t("signIn")}
        </Link>
      }
    />
  );
}
