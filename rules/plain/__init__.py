"""Plain language: prose as it is read, what makes it hard, and how hard it is. Pure text in, plain data out."""
