"""Correct reports, invented, and what can go wrong in them, one defect at a time.

``reports``   reports of five bodies in both editions, in which nothing is wrong
``planting``  what a planting is, and small functions which spoil a sheet
``in_*``      the plantings, by where they stand
"""
