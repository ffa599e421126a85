"""Forums (공론장): planned, held, recorded with the people who came and what came out of it."""
