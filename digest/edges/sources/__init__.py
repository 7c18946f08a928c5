"""Files and folders as they come -> pages. Nothing outside this package opens a source."""

from digest.edges.sources.files import SUFFIXES, Limits, Reading, find_sources, read_source

__all__ = ["SUFFIXES", "Limits", "Reading", "find_sources", "read_source"]
