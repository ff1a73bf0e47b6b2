"""Fit and measure proof-reading on held-out text with injected errors."""
