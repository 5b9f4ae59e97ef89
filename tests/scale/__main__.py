"""The command: fills, measures, draws; every step may be asked for alone."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()
