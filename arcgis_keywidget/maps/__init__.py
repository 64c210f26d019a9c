"""Handing a basemap to a map library: pixels and key-free addresses, never the key."""
