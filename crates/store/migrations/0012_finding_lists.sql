-- Lists of findings in page order, for each member of a filter that may stand alone.

CREATE INDEX finding_run_severity ON finding (run, severity, created_at, arn);
CREATE INDEX finding_severity ON finding (account, region, severity, created_at, arn);
CREATE INDEX finding_rule ON finding (account, region, rule, created_at, arn);
CREATE INDEX finding_group ON finding (auto_scaling_group, created_at, arn);
CREATE INDEX finding_attribute_value ON finding_attribute (key, value, origin, created_at, finding);
