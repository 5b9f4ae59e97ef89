"""The door for those who run the site: what watches it, and what it says of itself.

health       /healthz, /readyz: alive, and able to work
metrics      /metrics: figures for Prometheus, where the extra is installed and a token is set
watching     the middleware that numbers each request and writes its line in the log
maintenance  the middleware that holds everybody off while the site is worked on
away         the middleware that says so when the database cannot be reached
logs         JSON lines, with the request's number and the user's
"""
