"""The year: a planning year and the carrying-out year after it, and where each district stands in it."""
