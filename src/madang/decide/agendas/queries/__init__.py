"""What is read of proposals and agendas."""
