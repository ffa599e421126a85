"""The pages of the survey room."""
