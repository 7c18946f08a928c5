"""Messy newspaper pages with known truth, made from clean articles, and how well a splitting of them is."""
