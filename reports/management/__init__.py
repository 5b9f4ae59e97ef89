"""The operator's door: commands, and the demonstration data that one of them loads.

commands/        load_demonstration · check_report · import_report · export_report · redraw_pages ·
                 index_reports · sweep_tasks · worker
demonstration/   an invented city, its people and three years of its reports
locking          one start at a time
naming           which agency a name or a slug means
pages            the public pages on disk: which are missing, whether they are stale
"""
