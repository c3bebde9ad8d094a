//! Rules packages, runs, targets, findings and coverage: the service without its server.
