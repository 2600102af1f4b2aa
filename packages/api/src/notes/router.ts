import { z } from "zod";
import { router, tenantProcedure } from "../trpc.ts";
import { addNote, readNotes, removeNote, shareNote } from "./change-notes.ts";
import { addNoteInput, listNotesInput, noteIdInput, noteView } from "./schema.ts";

export const notesRouter = router({
  list: tenantProcedure
    .input(listNotesInput)
    .output(z.object({ items: z.array(noteView) }))
    .query(async ({ ctx, input }) => ({ items: await readNotes(ctx.work, input) })),
  add: tenantProcedure
    .input(addNoteInput)
    .output(noteView)
    .mutation(({ ctx, input }) => addNote(ctx.work, input)),
  share: tenantProcedure
    .input(noteIdInput)
    .output(noteView)
    .mutation(({ ctx, input }) => shareNote(ctx.work, input)),
  remove: tenantProcedure
    .input(noteIdInput)
    .output(noteIdInput)
    .mutation(async ({ ctx, input }) => {
      await removeNote(ctx.work, input);
      return input;
    }),
});
