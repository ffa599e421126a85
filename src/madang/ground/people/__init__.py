"""People, what they are appointed to and for how long, and the one way to ask whether somebody may do something."""
