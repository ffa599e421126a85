"""Pages of the shell: the front, the city, a district, the thread, and each person's own."""
