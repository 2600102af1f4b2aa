-- Whom a stranger invites is told once the stranger's own address has answered, or staff say so.
ALTER TABLE "attendee" ADD COLUMN "is_held_back" BOOLEAN NOT NULL DEFAULT false;
