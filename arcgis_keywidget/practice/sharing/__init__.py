"""The portal itself: its people, their content, search, and registered apps, below `/sharing/rest`."""
