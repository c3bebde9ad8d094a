//! AWS network documents to a neutral network to proven paths with a witness.
