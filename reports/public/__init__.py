"""What anyone may read: no account, no session, nothing that is not published.

A report's page is a finished file wherever one was kept at publication; it is
served without asking the database, the session or the user.

The page 校核 alone takes something in: it reads a document, says what it found
and keeps nothing (``checking``).
"""
