-- Topics that are still to be told that they subscribed.

CREATE TABLE greeting (
  template TEXT NOT NULL,
  topic TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  PRIMARY KEY (template, topic)
);
CREATE INDEX greeting_due ON greeting (next_at);
