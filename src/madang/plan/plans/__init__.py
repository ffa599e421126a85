"""A district's yearly plan: texts, goals, projects with their budget, versions and the council's approval."""
