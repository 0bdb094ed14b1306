"""A year of a studio in accelerated time, through the real services, errands and nights; one seed, one year.

`make year` lives it, looks after each night whether everything is true, and draws what the policies made of people.
"""
