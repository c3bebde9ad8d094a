-- The first schema. Rules: TEXT, BIGINT and BLOB only; times in milliseconds; JSON is opaque TEXT; whatever is filtered
-- on is a column; ids are made in the program; no foreign keys, sequences or triggers.

CREATE TABLE access_key (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  principal TEXT NOT NULL,
  secret TEXT NOT NULL,
  session_token_hash TEXT,
  expires_at BIGINT,
  enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE resource_group (
  arn TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE target (
  arn TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  resource_group TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX target_name ON target (account, region, name);
CREATE INDEX target_page ON target (account, region, created_at, arn);

CREATE TABLE template (
  arn TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  duration BIGINT NOT NULL,
  packages TEXT NOT NULL,
  user_attributes TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX template_name ON template (target, name);
CREATE INDEX template_page ON template (account, region, created_at, arn);

CREATE TABLE run (
  arn TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  target TEXT NOT NULL,
  template TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  duration BIGINT NOT NULL,
  packages TEXT NOT NULL,
  user_attributes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  collect_until BIGINT,
  completed_at BIGINT,
  state_changed_at BIGINT NOT NULL,
  data_collected BIGINT NOT NULL,
  high BIGINT NOT NULL,
  medium BIGINT NOT NULL,
  low BIGINT NOT NULL,
  informational BIGINT NOT NULL,
  undefined BIGINT NOT NULL,
  unscored BIGINT NOT NULL
);
CREATE UNIQUE INDEX run_name ON run (template, name);
CREATE INDEX run_page ON run (account, region, created_at, arn);
CREATE INDEX run_target ON run (target, state);

CREATE TABLE run_state_change (
  run TEXT NOT NULL,
  position BIGINT NOT NULL,
  state TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (run, position)
);

CREATE TABLE run_agent (
  run TEXT NOT NULL,
  agent TEXT NOT NULL,
  asset TEXT NOT NULL,
  facts TEXT,
  facts_size BIGINT,
  delivered_at BIGINT,
  PRIMARY KEY (run, agent)
);
CREATE INDEX run_agent_agent ON run_agent (agent, run);

CREATE TABLE finding (
  arn TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  shard BIGINT NOT NULL,
  agent TEXT NOT NULL,
  auto_scaling_group TEXT,
  package TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  hidden BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  body TEXT NOT NULL,
  user_attributes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX finding_page ON finding (account, region, created_at, arn);
CREATE INDEX finding_run ON finding (run, created_at, arn);

CREATE TABLE finding_attribute (
  finding TEXT NOT NULL,
  run TEXT NOT NULL,
  origin TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (finding, origin, key, value)
);
CREATE INDEX finding_attribute_run ON finding_attribute (run);

CREATE TABLE exclusion (
  arn TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  position BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX exclusion_run ON exclusion (run, position, arn);

CREATE TABLE coverage (
  run TEXT NOT NULL,
  package TEXT NOT NULL,
  pass BIGINT NOT NULL,
  fail BIGINT NOT NULL,
  not_applicable BIGINT NOT NULL,
  not_assessed BIGINT NOT NULL,
  ledger TEXT NOT NULL,
  PRIMARY KEY (run, package)
);

CREATE TABLE snapshot (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  instances BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (account, region, name)
);

CREATE TABLE instance (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  asset TEXT NOT NULL,
  PRIMARY KEY (account, region, id)
);

CREATE TABLE agent (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  version TEXT NOT NULL,
  hostname TEXT NOT NULL,
  operating_system TEXT NOT NULL,
  kernel_version TEXT NOT NULL,
  tags TEXT NOT NULL,
  certificate TEXT NOT NULL,
  certificate_expires_at BIGINT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  last_seen_at BIGINT
);
CREATE INDEX agent_scope ON agent (account, region, id);

CREATE TABLE enrollment_token (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  used_by TEXT
);

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  owner TEXT,
  lease_until BIGINT NOT NULL,
  fence BIGINT NOT NULL
);
CREATE INDEX task_due ON task (run_at);
