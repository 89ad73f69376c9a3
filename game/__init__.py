"""What people see and hear. Imports neuro and engine; nobody imports it."""
