"""base, and what differs from it: development (one machine), production, test."""
