-- CreateEnum
CREATE TYPE "appointment_status" AS ENUM ('held', 'pending', 'confirmed', 'in_progress', 'completed', 'no_show', 'cancelled');

-- CreateEnum
CREATE TYPE "appointment_source" AS ENUM ('web', 'portal', 'operator', 'backoffice', 'calendar', 'api');

-- CreateEnum
CREATE TYPE "attendee_status" AS ENUM ('needs_action', 'accepted', 'declined', 'tentative');

-- CreateEnum
CREATE TYPE "note_kind" AS ENUM ('internal', 'shared', 'system');

-- CreateEnum
CREATE TYPE "calendar_kind" AS ENUM ('google', 'outlook', 'caldav');

-- CreateEnum
CREATE TYPE "location_kind" AS ENUM ('in_person', 'video', 'phone');

-- CreateEnum
CREATE TYPE "client_kind" AS ENUM ('individual', 'company');

-- CreateEnum
CREATE TYPE "subject_kind" AS ENUM ('vehicle', 'transaction', 'file');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'admin', 'manager', 'provider', 'operator', 'viewer');

-- CreateEnum
CREATE TYPE "preset" AS ENUM ('real_estate', 'medical', 'inspection', 'client_meetings', 'solo');

-- CreateTable
CREATE TABLE "appointment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "room_id" UUID,
    "service_id" UUID,
    "client_id" UUID,
    "subject_id" UUID,
    "title" TEXT NOT NULL DEFAULT '',
    "description" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "busy_from" TIMESTAMPTZ(3) NOT NULL,
    "busy_to" TIMESTAMPTZ(3) NOT NULL,
    "lane" SMALLINT NOT NULL DEFAULT 0,
    "status" "appointment_status" NOT NULL,
    "source" "appointment_source" NOT NULL,
    "location_kind" "location_kind" NOT NULL DEFAULT 'in_person',
    "location_detail" TEXT,
    "price_cents" INTEGER,
    "hold_expires_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "manage_token_hash" TEXT,
    "idempotency_key" TEXT,
    "idempotency_hash" TEXT,
    "created_by_id" UUID,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by_id" UUID,
    "cancel_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "attendee" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "status" "attendee_status" NOT NULL DEFAULT 'needs_action',
    "optional" BOOLEAN NOT NULL DEFAULT false,
    "responded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attendee_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "note" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "kind" "note_kind" NOT NULL,
    "author_user_id" UUID,
    "author_client_id" UUID,
    "body" TEXT NOT NULL,
    "shared_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "undo" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "version_after" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "undo_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "provider_id" UUID,
    "iso_weekday" SMALLINT NOT NULL,
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "availability_exception" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID,
    "provider_id" UUID,
    "date" DATE NOT NULL,
    "windows" JSONB NOT NULL DEFAULT '[]',
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_exception_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "time_off" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID,
    "provider_id" UUID,
    "room_id" UUID,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "time_off_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "calendar_connection" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "calendar_kind" NOT NULL,
    "account_email" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "health" TEXT NOT NULL DEFAULT 'healthy',
    "last_error" TEXT,
    "last_synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_connection_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "connected_calendar" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "remote_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_push_target" BOOLEAN NOT NULL DEFAULT false,
    "is_busy_source" BOOLEAN NOT NULL DEFAULT true,
    "cursor" TEXT,
    "channel_id" TEXT,
    "channel_expires_at" TIMESTAMPTZ(3),
    "dirty_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connected_calendar_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "external_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "appointment_id" UUID,
    "remote_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "etag" TEXT,
    "base_hash" TEXT,
    "title" TEXT,
    "busy_from" TIMESTAMPTZ(3),
    "busy_to" TIMESTAMPTZ(3),
    "transparent" BOOLEAN NOT NULL DEFAULT false,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "sync_log" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID,
    "appointment_id" UUID,
    "direction" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "diff" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_log_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "oauth_state" (
    "organization_id" UUID NOT NULL,
    "state_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "calendar_kind" NOT NULL,
    "code_verifier" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "oauth_state_pkey" PRIMARY KEY ("organization_id","state_hash")
);

-- CreateTable
CREATE TABLE "site" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "address" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "phone" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "timezone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "daily_capacity" INTEGER,
    "overbooking_percent" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "site_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "room" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "provider" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "colour" TEXT NOT NULL DEFAULT '#2563eb',
    "weight" INTEGER NOT NULL DEFAULT 100,
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "daily_limit" INTEGER,
    "next_available_at" TIMESTAMPTZ(3),
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "provider_site" (
    "organization_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,

    CONSTRAINT "provider_site_pkey" PRIMARY KEY ("organization_id","provider_id","site_id")
);

-- CreateTable
CREATE TABLE "service" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT,
    "duration_minutes" INTEGER NOT NULL,
    "price_cents" INTEGER,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "buffer_before" INTEGER NOT NULL DEFAULT 0,
    "buffer_after" INTEGER NOT NULL DEFAULT 0,
    "min_notice_minutes" INTEGER NOT NULL DEFAULT 0,
    "horizon_days" INTEGER NOT NULL DEFAULT 60,
    "location_kind" "location_kind" NOT NULL DEFAULT 'in_person',
    "required_skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "needs_room" BOOLEAN NOT NULL DEFAULT false,
    "needs_approval" BOOLEAN NOT NULL DEFAULT false,
    "needs_payment" BOOLEAN NOT NULL DEFAULT false,
    "overrides" JSONB NOT NULL DEFAULT '[]',
    "colour" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "is_public" BOOLEAN NOT NULL DEFAULT true,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "service_provider" (
    "organization_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,

    CONSTRAINT "service_provider_pkey" PRIMARY KEY ("organization_id","service_id","provider_id")
);

-- CreateTable
CREATE TABLE "client" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "client_kind" NOT NULL DEFAULT 'individual',
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "timezone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "company" TEXT,
    "siret" TEXT,
    "has_notes" BOOLEAN NOT NULL DEFAULT false,
    "portal_token_hash" TEXT,
    "search_text" TEXT NOT NULL DEFAULT '',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "subject" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "subject_kind" NOT NULL,
    "reference" TEXT NOT NULL,
    "label" TEXT,
    "client_id" UUID,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
    "organization_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "version" INTEGER,
    "actor_user_id" UUID,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "actor_user_id" UUID,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "diff" JSONB NOT NULL DEFAULT '{}',
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "notification" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "appointment_id" UUID,
    "channel" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "scheduled_for" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "dedupe_key" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "preset" "preset" NOT NULL,
    "timezone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "accent" TEXT NOT NULL DEFAULT '#2563eb',
    "phone" TEXT,
    "slot_minutes" INTEGER NOT NULL DEFAULT 15,
    "hold_minutes" INTEGER NOT NULL DEFAULT 15,
    "undo_seconds" INTEGER NOT NULL DEFAULT 8,
    "cancel_cutoff_minutes" INTEGER NOT NULL DEFAULT 120,
    "calendar_policy" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "username" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "timezone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "theme" TEXT NOT NULL DEFAULT 'system',
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "email_verified_at" TIMESTAMPTZ(3),
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_account" (
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_account_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "sign_in_token" (
    "identifier" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "membership" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "site_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "site_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "appointment_manage_token_hash_key" ON "appointment"("manage_token_hash");

-- CreateIndex
CREATE INDEX "appointment_organization_id_starts_at_idx" ON "appointment"("organization_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_provider_id_starts_at_idx" ON "appointment"("organization_id", "provider_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_site_id_starts_at_idx" ON "appointment"("organization_id", "site_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_client_id_starts_at_idx" ON "appointment"("organization_id", "client_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_organization_id_subject_id_idx" ON "appointment"("organization_id", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_organization_id_idempotency_key_key" ON "appointment"("organization_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "attendee_organization_id_appointment_id_email_key" ON "attendee"("organization_id", "appointment_id", "email");

-- CreateIndex
CREATE INDEX "note_organization_id_appointment_id_created_at_idx" ON "note"("organization_id", "appointment_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "undo_token_hash_key" ON "undo"("token_hash");

-- CreateIndex
CREATE INDEX "undo_expires_at_idx" ON "undo"("expires_at");

-- CreateIndex
CREATE INDEX "availability_rule_organization_id_provider_id_idx" ON "availability_rule"("organization_id", "provider_id");

-- CreateIndex
CREATE INDEX "availability_rule_organization_id_site_id_idx" ON "availability_rule"("organization_id", "site_id");

-- CreateIndex
CREATE INDEX "availability_exception_organization_id_provider_id_date_idx" ON "availability_exception"("organization_id", "provider_id", "date");

-- CreateIndex
CREATE INDEX "availability_exception_organization_id_site_id_date_idx" ON "availability_exception"("organization_id", "site_id", "date");

-- CreateIndex
CREATE INDEX "time_off_organization_id_provider_id_starts_at_idx" ON "time_off"("organization_id", "provider_id", "starts_at");

-- CreateIndex
CREATE INDEX "time_off_organization_id_site_id_starts_at_idx" ON "time_off"("organization_id", "site_id", "starts_at");

-- CreateIndex
CREATE INDEX "time_off_organization_id_room_id_starts_at_idx" ON "time_off"("organization_id", "room_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_connection_organization_id_user_id_kind_key" ON "calendar_connection"("organization_id", "user_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "connected_calendar_organization_id_connection_id_remote_id_key" ON "connected_calendar"("organization_id", "connection_id", "remote_id");

-- CreateIndex
CREATE INDEX "external_event_organization_id_user_id_busy_from_idx" ON "external_event"("organization_id", "user_id", "busy_from");

-- CreateIndex
CREATE INDEX "external_event_organization_id_appointment_id_idx" ON "external_event"("organization_id", "appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_event_organization_id_calendar_id_remote_id_key" ON "external_event"("organization_id", "calendar_id", "remote_id");

-- CreateIndex
CREATE INDEX "sync_log_organization_id_appointment_id_created_at_idx" ON "sync_log"("organization_id", "appointment_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "site_organization_id_slug_key" ON "site"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "room_organization_id_site_id_idx" ON "room"("organization_id", "site_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_organization_id_user_id_key" ON "provider"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "provider_site_organization_id_site_id_idx" ON "provider_site"("organization_id", "site_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_organization_id_slug_key" ON "service"("organization_id", "slug");

-- CreateIndex
CREATE INDEX "service_provider_organization_id_provider_id_idx" ON "service_provider"("organization_id", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "client_portal_token_hash_key" ON "client"("portal_token_hash");

-- CreateIndex
CREATE INDEX "client_organization_id_email_idx" ON "client"("organization_id", "email");

-- CreateIndex
CREATE INDEX "client_organization_id_phone_idx" ON "client"("organization_id", "phone");

-- CreateIndex
CREATE INDEX "client_organization_id_name_idx" ON "client"("organization_id", "name");

-- CreateIndex
CREATE INDEX "subject_organization_id_client_id_idx" ON "subject"("organization_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "subject_organization_id_kind_reference_key" ON "subject"("organization_id", "kind", "reference");

-- CreateIndex
CREATE INDEX "event_xid_id_idx" ON "event"("xid", "id");

-- CreateIndex
CREATE INDEX "event_organization_id_xid_id_idx" ON "event"("organization_id", "xid", "id");

-- CreateIndex
CREATE INDEX "event_organization_id_entity_id_id_idx" ON "event"("organization_id", "entity_id", "id");

-- CreateIndex
CREATE INDEX "event_created_at_idx" ON "event"("created_at");

-- CreateIndex
CREATE INDEX "audit_organization_id_entity_id_created_at_idx" ON "audit"("organization_id", "entity_id", "created_at");

-- CreateIndex
CREATE INDEX "notification_organization_id_appointment_id_idx" ON "notification"("organization_id", "appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_organization_id_dedupe_key_key" ON "notification"("organization_id", "dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE INDEX "sign_in_account_user_id_idx" ON "sign_in_account"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_token_identifier_idx" ON "sign_in_token"("identifier");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_organization_id_user_id_key" ON "membership"("organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_room_id_fkey" FOREIGN KEY ("organization_id", "room_id") REFERENCES "room"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_service_id_fkey" FOREIGN KEY ("organization_id", "service_id") REFERENCES "service"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_client_id_fkey" FOREIGN KEY ("organization_id", "client_id") REFERENCES "client"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_organization_id_subject_id_fkey" FOREIGN KEY ("organization_id", "subject_id") REFERENCES "subject"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendee" ADD CONSTRAINT "attendee_organization_id_appointment_id_fkey" FOREIGN KEY ("organization_id", "appointment_id") REFERENCES "appointment"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_organization_id_appointment_id_fkey" FOREIGN KEY ("organization_id", "appointment_id") REFERENCES "appointment"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_organization_id_author_client_id_fkey" FOREIGN KEY ("organization_id", "author_client_id") REFERENCES "client"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "undo" ADD CONSTRAINT "undo_organization_id_appointment_id_fkey" FOREIGN KEY ("organization_id", "appointment_id") REFERENCES "appointment"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_organization_id_room_id_fkey" FOREIGN KEY ("organization_id", "room_id") REFERENCES "room"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connected_calendar" ADD CONSTRAINT "connected_calendar_organization_id_connection_id_fkey" FOREIGN KEY ("organization_id", "connection_id") REFERENCES "calendar_connection"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_event" ADD CONSTRAINT "external_event_organization_id_connection_id_fkey" FOREIGN KEY ("organization_id", "connection_id") REFERENCES "calendar_connection"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_event" ADD CONSTRAINT "external_event_organization_id_calendar_id_fkey" FOREIGN KEY ("organization_id", "calendar_id") REFERENCES "connected_calendar"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "site" ADD CONSTRAINT "site_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_site" ADD CONSTRAINT "provider_site_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_site" ADD CONSTRAINT "provider_site_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_provider" ADD CONSTRAINT "service_provider_organization_id_service_id_fkey" FOREIGN KEY ("organization_id", "service_id") REFERENCES "service"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_provider" ADD CONSTRAINT "service_provider_organization_id_provider_id_fkey" FOREIGN KEY ("organization_id", "provider_id") REFERENCES "provider"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subject" ADD CONSTRAINT "subject_organization_id_client_id_fkey" FOREIGN KEY ("organization_id", "client_id") REFERENCES "client"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_account" ADD CONSTRAINT "sign_in_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
