"""What absences cost, seen by staff and by the member: explained, excused, contested, and places given back."""
