"""What staff at the front desk see of the day: values made for pages, in few queries. Nothing is changed here."""
