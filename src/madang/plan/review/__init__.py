"""A plan on its way through the city: submitted in exactly the version the council approved, in time, or kept."""
