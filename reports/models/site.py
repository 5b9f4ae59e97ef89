"""What the public site says of itself (政府网站发展指引)."""

from django.core.validators import URLValidator
from django.db import models


class SiteSettings(models.Model):
    """One row: the site's name, its numbers, and whom to ask."""

    name = models.CharField("网站名称", max_length=80)
    domain = models.CharField("网站域名", max_length=120)
    identification_code = models.CharField("网站标识码", max_length=20)
    icp_record = models.CharField("ICP 备案号", max_length=60)
    police_record = models.CharField("公安机关备案号", max_length=60)
    host_organization = models.CharField("主办单位", max_length=80)
    contact = models.CharField("联系方式", max_length=120)
    data_terms = models.TextField(
        "数据使用说明", blank=True, help_text="不填时，写明年度报告是政府信息、注明来源即可使用。"
    )
    license_name = models.CharField(
        "数据许可", max_length=80, blank=True, help_text="不填时，为知识共享署名 4.0 国际许可。"
    )
    license_address = models.CharField(
        "数据许可网址", max_length=200, blank=True, validators=[URLValidator(["http", "https"])],
        help_text="与数据许可一起填写，从 https:// 写起。",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "网站设置"
        constraints = [
            models.CheckConstraint(
                name="one_row_of_site_settings",
                condition=models.Q(pk=1),
                violation_error_message="网站设置只有一份。",
            )
        ]

    def __str__(self) -> str:
        return self.name
