"""How cost grows: a site of any size in PostgreSQL, and what each page and act takes on it.

``python -m tests.scale`` (``make scale AGENCIES=… YEARS=…``) fills the empty
database of DATABASE_URL, measures, and writes the figures down;
``docs/scale.md`` says what came of it.
"""
