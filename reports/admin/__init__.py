"""The supervisors' and administrators' door: read, compare, return, approve, publish.

    site      who may enter, and the first page
    rooms     every page, registered by being imported (reports.apps)
    access    which pages open to which role
    revision  the queue; its pages are review, moving, timing and bulk
    agency    agencies, their names and succession, divisions
    people    users and their roles
    settings  what the site says of itself
    words     the site's own word lists; word_import is their import
    trail     what was done, by whom: read only

Figures and texts are read here and never typed. Every change is a POST that an
action carries out; what a page hides, the action refuses as well.
"""
