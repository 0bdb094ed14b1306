"""Who came in: facts about a person, the decision written down, visits and the punches they cost."""
