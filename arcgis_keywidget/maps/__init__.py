"""Basemaps and layers on maps, ours and other libraries', without the key leaving the kernel."""
