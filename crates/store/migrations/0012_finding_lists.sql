-- Lists of findings in page order, for each member of a filter that may stand alone.

CREATE INDEX finding_run_severity ON finding (run, severity, created_at, arn);
CREATE INDEX finding_severity ON finding (account, region, severity, created_at, arn);
CREATE INDEX finding_rule ON finding (account, region, rule, created_at, arn);
CREATE INDEX finding_group ON finding (auto_scaling_group, created_at, arn);

ALTER TABLE finding_attribute ADD COLUMN created_at BIGINT;
UPDATE finding_attribute SET created_at = (SELECT created_at FROM finding WHERE arn = finding_attribute.finding);
CREATE INDEX finding_attribute_value ON finding_attribute (key, value, origin, created_at, finding);
