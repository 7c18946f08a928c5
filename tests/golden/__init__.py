"""The mail of an invented week in each theme, as it was last looked at."""
