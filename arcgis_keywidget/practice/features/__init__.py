"""Hosted feature layers, read-only."""
