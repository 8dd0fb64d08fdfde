ALTER TABLE "sessions" ADD COLUMN "revoked_in" "xid8";--> statement-breakpoint
CREATE INDEX "sessions_revoked_at" ON "sessions" USING btree ("revoked_at") WHERE "sessions"."revoked_at" is not null;