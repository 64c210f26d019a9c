"""Use a key: basemap tiles, the rows of feature layers, and a check of what it opens."""
