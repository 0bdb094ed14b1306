"""A studio moves in: members, passes and places ahead from another system's files, seen first and repeated at will."""
