-- What topics are told: a row for each event and topic that heard of it, written with what it tells of.

CREATE TABLE delivery (
  run TEXT NOT NULL,
  event TEXT NOT NULL,
  about TEXT NOT NULL,
  topic TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT,
  outcome TEXT,
  why TEXT,
  PRIMARY KEY (run, event, about, topic)
);
CREATE INDEX delivery_due ON delivery (next_at);
CREATE INDEX delivery_run ON delivery (run, created_at);
