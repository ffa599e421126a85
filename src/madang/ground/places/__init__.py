"""The city, its 25 districts and their dongs, which have dates: they are split, merged and renamed."""
