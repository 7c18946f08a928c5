"""Configuration: TOML files and environment -> frozen settings, every fault reported at once with its line."""

from digest.config.keys import WEEKDAYS, Edition, Settings
from digest.config.layers import default_file, variables
from digest.config.loading import load, load_editions

__all__ = ["WEEKDAYS", "Edition", "Settings", "default_file", "load", "load_editions", "variables"]
