"""OAuth 2.0 and the tokens that it gives to people, applications and keys."""
