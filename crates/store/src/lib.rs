//! Everything that is SQL, blobs and work queues.
