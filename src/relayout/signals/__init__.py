"""Evidence: each signal is a function that returns a number, or ``None`` for "I cannot tell"."""
