"""Use a key: basemap tiles and the rows of feature layers."""
