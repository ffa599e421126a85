"""News to people: a notice in the site and a letter by e-mail, through an outbox that never sends twice."""
