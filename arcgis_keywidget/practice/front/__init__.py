"""What the practice portal shows to people, and how it is put back to its start."""
