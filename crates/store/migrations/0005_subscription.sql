-- Which topics hear of which events of which template, and the access role that an account has named.

CREATE TABLE subscription (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  template TEXT NOT NULL,
  topic TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX subscription_topic ON subscription (template, topic);
CREATE INDEX subscription_page ON subscription (account, region, created_at, id);

CREATE TABLE subscription_event (
  subscription TEXT NOT NULL,
  event TEXT NOT NULL,
  subscribed_at BIGINT NOT NULL,
  PRIMARY KEY (subscription, event)
);

CREATE TABLE access_role (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  role TEXT NOT NULL,
  registered_at BIGINT NOT NULL,
  PRIMARY KEY (account, region)
);
