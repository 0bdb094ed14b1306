"""What other programs need besides what is done for anybody: lists in parts, and answers kept for a second try."""
