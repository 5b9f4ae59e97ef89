"""Fingerprints for what was submitted or published before they were kept."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.fingerprinting import keep_missing_fingerprints


class Command(BaseCommand):
    help = (
        "为已送审、已公布而还没有文本指纹的报告补存指纹（用于与其他机关的报告比对），可以重复执行。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if kept := keep_missing_fingerprints():
            self.stdout.write(f"已为 {kept} 份报告补存文本指纹。")
