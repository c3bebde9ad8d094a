//! An assessment rendered for people and for machines, one module per format.
