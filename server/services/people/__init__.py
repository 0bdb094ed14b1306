"""Who belongs and who works here, what is taught and sold: the verbs that make and change them. One noun a file."""
