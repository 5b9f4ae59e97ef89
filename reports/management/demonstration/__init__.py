"""A plainly invented city with its people and its reports, for trying the product out.

city      regions, agencies, their tree, a renaming and a merger
people    accounts, with passwords that are printed
works     what each kind of body does, in words and in orders of magnitude
figures   the three tables of an agency's year, which follow from the year before
prose/    sentences to choose from
choosing  which sentence an agency says in which year
texts     an agency's year in prose, saying the numbers of its tables
history   reports as printed long ago, with their errors
plan      which report stands in which state
calling   the years' calls, with their exemptions
writing   one report, part by part, as its author would save it
loading   carries the plan out through the actions

Everything is drawn from seeded chance: two loads give the same city.
"""
