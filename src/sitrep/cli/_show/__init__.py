"""A reading drawn for a person in a terminal."""
