"""The plan is made and agreed."""
