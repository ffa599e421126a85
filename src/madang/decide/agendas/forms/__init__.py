"""The forms of proposals and agendas."""
