"""What the site says of itself."""

from reports.exporters.page import Site
from reports.models import SiteSettings


def site() -> Site:
    """The settings as plain values; what was left empty keeps its neutral default."""
    row = SiteSettings.objects.first()
    if row is None:
        return Site()
    said = {
        "name": row.name,
        "domain": row.domain,
        "id_code": row.identification_code,
        "icp": row.icp_record,
        "police_record": row.police_record,
        "host_organization": row.host_organization,
        "contact": row.contact,
        "data_terms": row.data_terms,
    }
    values = {name: text for name, text in said.items() if text}
    if row.license_name:  # the default's address is not another license's
        values |= {"license_name": row.license_name, "license_address": row.license_address}
    return Site(**values)
