"""Background tasks: thin, safe when run twice. The worker is ``manage.py worker``.

pages       drawing public pages outside of a request
importing   reading documents that were handed in
notifying   the day's reminders, and mail
open_data   bulk files of a year, after its publications
publishing  many reports moved at once, and publication at a set time
verifying   the audit trail, once a day

A task takes primary keys, never objects, and calls an action or a command. One
that was cut off with its worker is put back by ``manage.py sweep_tasks``.
"""
