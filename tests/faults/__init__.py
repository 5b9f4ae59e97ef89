"""Faults, tried for real: what ``make faults`` starts, breaks, and counts afterwards.

cluster    a PostgreSQL of its own that keeps what it confirmed
site       four web processes and two workers on folders of their own
client     a person's browser, as far as forms go
crowd      the people of a round, and the journal of what they were told
seed       what a round begins with
check      what the database and the disk say afterwards (run with the site's settings)
scenarios  what is broken, and how it comes back
"""
