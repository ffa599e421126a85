"""The pages of proposals and agendas."""
