"""Proposals and the agendas they become: one thread from a resident's sentence on, in which nothing disappears."""
