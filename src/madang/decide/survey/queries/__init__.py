"""What the survey room reads."""
