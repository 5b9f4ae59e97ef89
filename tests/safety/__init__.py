"""Least trust: headers, cookies, logs, secrets, uploads, hostile text, and docs/security.md itself."""
