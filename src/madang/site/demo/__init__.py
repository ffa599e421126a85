"""The example year: everything in it is invented, and marked so."""
