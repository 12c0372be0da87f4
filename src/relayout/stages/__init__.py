"""One verb a file: each stage takes ``(value, profile)`` and returns an ``Outcome``: the new value and its notes."""
