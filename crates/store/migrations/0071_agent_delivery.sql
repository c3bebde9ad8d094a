-- The parts of the delivery that was accepted last, one row an agent: the next one says what changed.
CREATE TABLE agent_delivery (
  agent TEXT PRIMARY KEY,
  parts TEXT NOT NULL
);
