-- Accounts, their users, roles and policies; when a key was used last; what a session was made with.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  operator BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
INSERT INTO account SELECT account, 1, MIN(created_at) FROM access_key GROUP BY account;

-- A user or a role; `name` is user/NAME or role/NAME. A role has the document that says who may take it on.
CREATE TABLE principal (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  tags TEXT NOT NULL,
  trust TEXT,
  max_session BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE policy (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (account, name)
);

CREATE TABLE attachment (
  account TEXT NOT NULL,
  principal TEXT NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (account, principal, policy)
);

ALTER TABLE access_key ADD COLUMN last_used_at BIGINT;
ALTER TABLE access_key ADD COLUMN last_used_region TEXT;
ALTER TABLE access_key ADD COLUMN session TEXT;
CREATE INDEX access_key_account ON access_key (account, id);
