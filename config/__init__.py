"""The project: environment, settings, addresses, server entry points. No rule of the law lives here."""
