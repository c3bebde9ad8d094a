-- What a run of a template would not be able to check, as it was foreseen; kept for a day.

CREATE TABLE exclusions_preview (
  token TEXT PRIMARY KEY,
  template TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
