"""The key in this kernel."""
