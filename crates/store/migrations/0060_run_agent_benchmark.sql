-- What an agent collected for a benchmark, as a blob's digest: NULL where the run held none or the agent sent none.

ALTER TABLE run_agent ADD COLUMN benchmark TEXT;
