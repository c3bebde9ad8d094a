//! The AWS JSON contract: generated shapes and trait, codec, signature check.
