"""Every address with every role and hostile values: ``make crawl`` (COUNT, SEED).

    hostile   values which break what trusts them: marks, quotes, numbers, signs, files
    pages     the links and forms of a page, and a form filled anew
    requests  one request as it is sent, and the kinds of them: addresses, links, forms, broken ones
    judging   what is wrong with an answer, if anything is
    walk      a site, its people's browsers, and so many requests
    __main__  the command

A round has a site of its own (that of tests/access), whose changes are undone
at its end, so the same seed sends the same requests. tests/crawler/test_crawl.py
sends a few hundred with the ordinary tests. The API has schemathesis.
"""
