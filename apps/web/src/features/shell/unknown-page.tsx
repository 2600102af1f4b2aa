import { getLocale, getTranslations } from "next-intl/server";
import { buttonVariants } from "../../components/button.tsx";
import { EmptyPage } from "../../components/empty-page.tsx";
import { answerNotFound } from "../../trpc/answer-not-found.ts";

/** No page has this address: a 404 that is drawn on the server, so that it can be read without JavaScript. */
export async function UnknownPage() {
  const [t, locale] = await Promise.all([getTranslations("notFound"), getLocale(), answerNotFound()]);
  return (
    <EmptyPage
      isAlone
      title={t("title")}
      description={t("description")}
      action={
        <a href={`/${locale}`} className={buttonVariants()}>
          {t("back")}
        </a>
      }
    />
  );
}
