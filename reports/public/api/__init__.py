"""``/api/v1/``: what is published, for programs. Read-only, open to anyone, described by itself.

Operations are thin: they ask ``queries`` and put the answer into the models of ``answers`` and
``forms``, from which django-ninja makes the OpenAPI document; its sheets and cells come from
the editions, so no label and no equation of the form is typed again. ``answering`` stands around
every operation: methods, limit, ETag, compression, CORS. ``problems`` turns whatever goes
wrong into problem details (RFC 9457). Lists are read by cursor (``paging``).

What v1 promises: addresses, parameters and fields stay as they are and keep their meaning;
new ones may be added. Whatever would break a reader becomes v2 beside it.
"""
