"""The only rooms that touch disk, network or process state."""
