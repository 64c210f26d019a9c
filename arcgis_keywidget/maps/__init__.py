"""Basemaps and layers on maps, without the key leaving the kernel."""
