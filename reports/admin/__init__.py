"""The supervisors' and administrators' door: read, compare, return, approve, publish.

    site      who may enter, and the first page
    rooms     every page, registered by being imported (reports.apps)
    access    which pages open to which role
    keyed     how every list is paged: behind a row's key, never by number
    revision  the queue; its pages are review, moving, commenting, timing and bulk
    board     how far every body of a subtree is, with its export
    campaign  the year's calls; calling is their form, exempting who need not report
    tally     汇总: the sums of a subtree; its pages are rollup
    agency    agencies, their names and succession, divisions
    people    users, and who holds which role
    role_requests  changes of roles, proposed by one and confirmed by another
    safety    登录安全: locked log-ins
    settings  what the site says of itself
    words     the site's own word lists; word_import is their import
    trail     what was done to reports: read only
    audit     the audit trail: list, entry, export; read only

Figures and texts are read here and never typed. Every change is a POST that an
action carries out; what a page hides, the action refuses as well.
"""
