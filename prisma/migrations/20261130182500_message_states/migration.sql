-- How the sending of a message stands, in one word instead of two columns that have to be read together.
ALTER TABLE "notification" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'waiting'
  CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'dropped'));

UPDATE "notification" SET state = CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN last_error IS NOT NULL THEN 'failed'
  WHEN attempts > 0 THEN 'sending' ELSE 'waiting' END;

ALTER TABLE "notification" ADD CHECK ((state = 'sent') = (sent_at IS NOT NULL));

-- What the sweep of lost messages looks for.
CREATE INDEX "notification_sending" ON "notification" (updated_at) WHERE state = 'sending';
