"""The public pages of the rulebook: what stands in it, how a rule is judged, item codes, what changed when."""
