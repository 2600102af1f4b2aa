import { router, tenantProcedure } from "../trpc.ts";
import { previewPortal } from "./preview-portal.ts";
import { revokeLinks } from "./revoke-links.ts";
import { clientInput, portalPreview, revokedLinksView, sentLinkView } from "./schema.ts";
import { sendPortalLink } from "./send-portal-link.ts";

/** What staff do about the links that act as a client: none of them answers one. */
export const clientLinksRouter = router({
  preview: tenantProcedure
    .input(clientInput)
    .output(portalPreview)
    .query(({ ctx, input }) => previewPortal(ctx.work, input)),
  send: tenantProcedure
    .input(clientInput)
    .output(sentLinkView)
    .mutation(({ ctx, input }) => sendPortalLink(ctx.work, input)),
  revoke: tenantProcedure
    .input(clientInput)
    .output(revokedLinksView)
    .mutation(({ ctx, input }) => revokeLinks(ctx.work, input)),
});
