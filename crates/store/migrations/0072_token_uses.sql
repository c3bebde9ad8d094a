-- A token may be made for several agents: what fleets that grow by themselves need.
ALTER TABLE enrollment_token ADD COLUMN uses_left BIGINT NOT NULL DEFAULT 1;
UPDATE enrollment_token SET uses_left = 0 WHERE used_by IS NOT NULL;
