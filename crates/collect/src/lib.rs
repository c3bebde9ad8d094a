//! Host evidence through one read-only root.
