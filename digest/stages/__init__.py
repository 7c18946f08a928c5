"""The product, read from top to bottom: every stage takes values and returns values, and knows no other stage."""
