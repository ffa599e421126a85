"""Files people hand in: kept once under their hash, with size and kind checked before anything is stored."""
