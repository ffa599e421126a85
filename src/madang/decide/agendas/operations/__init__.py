"""What is done to proposals and agendas: one function a use case."""
