-- Lists of findings by instance, in page order.

CREATE INDEX finding_agent ON finding (agent, created_at, arn);
