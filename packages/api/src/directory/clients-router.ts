import { inTenantSql } from "@creneau/db/in-tenant";
import { z } from "zod";
import { sitesOf } from "../actor.ts";
import { router, tenantProcedure } from "../trpc.ts";
import { archive } from "./archive.ts";
import {
  clientDetailView,
  clientView,
  compareClientsInput,
  comparedClientView,
  createClientInput,
  createSubjectInput,
  duplicateView,
  foundClientView,
  listClientsInput,
  listSubjectsInput,
  mergeClientsInput,
  searchClientsInput,
  subjectView,
  updateClientInput,
  updateSubjectInput,
} from "./clients-schema.ts";
import { compareClients } from "./compare-clients.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { listClients } from "./list-clients.ts";
import { listSubjects } from "./list-subjects.ts";
import { mergeClients } from "./merge-clients.ts";
import { requireDirectoryAction } from "./policy.ts";
import { readClient } from "./read-client.ts";
import { createClient, updateClient } from "./save-client.ts";
import { createSubject, updateSubject } from "./save-subject.ts";
import { archivedView, archiveInput, idInput } from "./schema.ts";
import { searchClients } from "./search-clients.ts";
import { undoMerge } from "./undo-merge.ts";

const page = <View extends z.ZodType>(view: View) =>
  z.object({ items: z.array(view), nextCursor: z.string().nullable() });

/** Procedures about people: only for roles that may see clients. */
const clientsProcedure = tenantProcedure.use(({ ctx, next }) => {
  requireDirectoryAction(ctx.work.actor, "clients.view");
  return next();
});

export const clientsRouter = router({
  list: clientsProcedure
    .input(listClientsInput)
    .output(page(clientView))
    .query(({ ctx, input }) => {
      if (input.includeArchived) requireDirectoryAction(ctx.work.actor, "archived.view");
      return inTenantSql(ctx.work.database, ctx.work.scope, (tx) =>
        listClients(tx, { ...input, siteIds: sitesOf(ctx.work.actor) }),
      );
    }),
  search: clientsProcedure
    .input(searchClientsInput)
    .output(z.object({ items: z.array(foundClientView) }))
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, async (tx) => ({
        items: await searchClients(tx, { ...input, siteIds: sitesOf(ctx.work.actor) }),
      })),
    ),
  byId: clientsProcedure
    .input(idInput)
    .output(clientDetailView)
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, (tx) =>
        readClient(tx, ctx.work.actor, input.id, ctx.work.now),
      ),
    ),
  create: clientsProcedure
    .input(createClientInput)
    .output(clientView.extend({ duplicateIds: z.array(z.uuid()) }))
    .mutation(({ ctx, input }) => createClient(ctx.work, input)),
  update: clientsProcedure
    .input(updateClientInput)
    .output(clientView.extend({ linksRevoked: z.boolean() }))
    .mutation(({ ctx, input }) => updateClient(ctx.work, input)),
  archive: clientsProcedure
    .input(archiveInput)
    .output(archivedView)
    .mutation(({ ctx, input }) => archive(ctx.work, "client", input)),
  duplicates: clientsProcedure
    .input(idInput)
    .output(z.object({ items: z.array(duplicateView) }))
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, async (tx) => ({
        items: await findDuplicates(tx, { ...input, siteIds: sitesOf(ctx.work.actor) }),
      })),
    ),
  compare: clientsProcedure
    .input(compareClientsInput)
    .output(z.object({ records: z.array(comparedClientView), suggestedId: z.uuid() }))
    .query(({ ctx, input }) =>
      inTenantSql(ctx.work.database, ctx.work.scope, (tx) =>
        compareClients(tx, ctx.work.actor, { ids: input.ids, now: ctx.work.now }),
      ),
    ),
  merge: clientsProcedure
    .input(mergeClientsInput)
    .output(
      z.object({
        client: clientView,
        moved: z.object({ appointments: z.int(), subjects: z.int(), notes: z.int() }),
        mergeId: z.uuid(),
      }),
    )
    .mutation(({ ctx, input }) => mergeClients(ctx.work, input)),
  undoMerge: clientsProcedure
    .input(idInput)
    .output(z.object({ client: clientView, records: z.array(clientView) }))
    .mutation(({ ctx, input }) => undoMerge(ctx.work, input)),
});

export const subjectsRouter = router({
  list: clientsProcedure
    .input(listSubjectsInput)
    .output(page(subjectView))
    .query(({ ctx, input }) => {
      if (input.includeArchived) requireDirectoryAction(ctx.work.actor, "archived.view");
      return inTenantSql(ctx.work.database, ctx.work.scope, (tx) =>
        listSubjects(tx, { ...input, siteIds: sitesOf(ctx.work.actor) }),
      );
    }),
  create: clientsProcedure
    .input(createSubjectInput)
    .output(subjectView)
    .mutation(({ ctx, input }) => createSubject(ctx.work, input)),
  update: clientsProcedure
    .input(updateSubjectInput)
    .output(subjectView)
    .mutation(({ ctx, input }) => updateSubject(ctx.work, input)),
  archive: clientsProcedure
    .input(archiveInput)
    .output(archivedView)
    .mutation(({ ctx, input }) => archive(ctx.work, "subject", input)),
});
