"""The append-only log: every row that changes leaves an entry with actor, before and after.

A database trigger on every table of Madang writes the entries, so a change by ``QuerySet.update``, raw SQL or
the admin is in the log like one made by an operation. ``operation`` tells the trigger who acts and why.
"""
