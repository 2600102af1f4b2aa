"use client";

/** Loaded with every page, so as little as says it: the document has the words, for this is never drawn on the server. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const { title, lead, retry } = globalThis.document?.body.dataset ?? {};
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="font-semibold text-base">{title}</h1>
      <p className="mb-3 text-balance text-muted-foreground">{lead}</p>
      <button
        type="button"
        onClick={reset}
        className="h-8 rounded-md bg-accent px-3 font-medium text-accent-foreground text-sm hover:bg-accent/90 max-sm:h-11"
      >
        {retry}
      </button>
    </main>
  );
}
