"""Basemaps of the practice world: drawn, described and served."""
