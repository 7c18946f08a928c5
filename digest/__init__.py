"""A weekly digest of Chinese local news, by city, that only ever quotes."""

__version__ = "0.1.0"
