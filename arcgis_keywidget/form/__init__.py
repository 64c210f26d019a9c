"""The form: a state machine that knows no notebook, and a thin widget that shows it."""
