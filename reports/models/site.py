"""What the public site says of itself (政府网站发展指引)."""

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
