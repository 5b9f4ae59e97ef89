"""The door where people come in: log-in, log-out, one's own password, and who is there meanwhile.

    account   我的账号: last log-in, sessions elsewhere
    arriving  the middleware that tells the audit trail from where each request comes
    entering  from a password that was right to a session
    locked    the answer to whoever tried too many wrong passwords
    provider  the city's single sign-on as it answers; sign_on its pages
    second_factor     asked for after the password, set up by the person
    standing_between  what stands between a person and their work: an initial or an old password
    context   what the headers of desk and admin say of the person's log-in
    staying   how long a session stays, and what was being sent when it ended
    views     Django's own views, each noting what happened

Django tells of log-ins by signals, which this house does not use: its views are
the only way in (the admin's lead here as well), so they note it themselves.
"""
