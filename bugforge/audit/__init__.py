"""The proof of a pack: what must hold of its programs, tests, mutators and sentences."""
