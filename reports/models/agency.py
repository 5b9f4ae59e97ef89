"""The agencies that report, their tree, their names and their succession."""

from django.db import models

from reports.editions.bodies import Body, BodyKind, Level

KIND_CHOICES = [(str(kind), kind.label) for kind in BodyKind]
DEEPEST = 20  # steps of the tree; a path has room for more
LEVEL_CHOICES = [(str(level), level.label) for level in Level]


class Division(models.Model):
    """行政区划: a region of the country, by its code."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=12, choices=LEVEL_CHOICES)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", verbose_name="上级区划",
        null=True, blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """机关: a body that owes a report each year.

    ``path`` is the chain of keys from the root (``000001/000007/``): a subtree
    is a text prefix, on both databases. It is kept by ``actions.agencies``.
    """

    name = models.CharField("机关全称", max_length=120)
    slug = models.SlugField("网址标识", max_length=80, unique=True)
    kind = models.CharField("性质", max_length=12, choices=KIND_CHOICES)
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="agencies", verbose_name="行政区划",
        null=True, blank=True,
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", verbose_name="上级机关（主管）",
        null=True, blank=True,
    )  # fmt: skip
    path = models.CharField(max_length=240, editable=False, default="")
    office = models.CharField("信息公开机构", max_length=80, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    postcode = models.CharField("邮编", max_length=6, blank=True)
    telephone = models.CharField("电话", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ["path"]
        indexes = [
            models.Index(name="agencies_by_path", fields=["path"], opclasses=["text_pattern_ops"]),
            models.Index(name="agencies_in_order", fields=["path"]),  # the other cannot sort
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level | None:
        """None for a body of a transcribed report whose region nobody entered yet."""
        return Level(self.division.level) if self.division else None

    def body(self) -> Body:
        """The agency as the law's plain values; names need ``names`` prefetched."""
        aliases = tuple(alias.name for alias in self.names.all())
        return Body(self.name, BodyKind(self.kind), self.level, aliases)


class AgencyName(models.Model):
    """Another name of an agency: a short one, or a former one."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name="机关")
    name = models.CharField("名称", max_length=120)
    until = models.DateField(
        "用至", null=True, blank=True, help_text="曾用名填停用日期；简称不填。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "别名"
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_alias_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """承继: the successor's last year is the sum of its predecessors'.

    Unless it took over a part only (``whole`` is false): of a part nobody
    published figures, and nothing is summed (``queries.continuity``).
    """

    predecessor = models.ForeignKey(
        Agency, models.PROTECT, related_name="successions", verbose_name="原机关"
    )
    successor = models.ForeignKey(
        Agency, models.PROTECT, related_name="predecessions", verbose_name="承继机关"
    )
    on = models.DateField("日期")
    whole = models.BooleanField(
        "承继全部",
        default=True,
        help_text="只承继一部分职责的不勾选：原机关的上年数字分不开，不作为它的上年数字。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "承继关系"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="one_succession_per_pair"
            ),
            models.CheckConstraint(
                name="nobody_succeeds_itself",
                condition=~models.Q(predecessor=models.F("successor")),
                violation_error_message="承继机关不能是原机关自己。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
