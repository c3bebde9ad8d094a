-- Writes that were received, so that one that is sent again acts once. Without a status the outcome is not known;
-- without a body the answer was a secret and is not kept.

CREATE TABLE answered_request (
  id TEXT PRIMARY KEY,
  valid_until BIGINT NOT NULL,
  status BIGINT,
  body TEXT
);
CREATE INDEX answered_request_end ON answered_request (valid_until);
