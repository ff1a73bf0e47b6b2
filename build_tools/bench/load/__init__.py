"""Many requests at once: the micro-batch queue against running side by side."""
