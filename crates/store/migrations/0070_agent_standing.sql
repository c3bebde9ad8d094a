-- A renewed certificate is accepted beside the old one until it is used; an agent that was revoked, or that two machines
-- claim to be, is listened to no more.
ALTER TABLE agent ADD COLUMN next_certificate TEXT;
ALTER TABLE agent ADD COLUMN next_expires_at BIGINT;
ALTER TABLE agent ADD COLUMN barred TEXT;
ALTER TABLE agent ADD COLUMN barred_why TEXT;
ALTER TABLE agent ADD COLUMN sightings TEXT NOT NULL DEFAULT '{"seen":[],"returns":0,"streak":0}';
ALTER TABLE agent ADD COLUMN troubles TEXT NOT NULL DEFAULT '[]';
-- A token may be good for one agent id alone, and then also for one that is alive.
ALTER TABLE enrollment_token ADD COLUMN agent TEXT;
