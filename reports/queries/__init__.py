"""Questions to memory: read only, a bounded number of statements each."""
