-- CloudFormation stacks and change sets. A document holds what only the engine that wrote it needs to read.

CREATE TABLE stack (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted BIGINT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX stack_name ON stack (account, region, name);

CREATE TABLE change_set (
  id TEXT PRIMARY KEY,
  stack TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE UNIQUE INDEX change_set_name ON change_set (stack, name);
