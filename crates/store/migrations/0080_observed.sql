-- When an agent delivered what it had observed until the end of a run that observes.

ALTER TABLE run_agent ADD COLUMN observed_at BIGINT;
