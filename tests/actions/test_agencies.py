import pytest

from reports.actions.agencies import move_agency
from reports.actions.refusals import Refused
from reports.models import Agency
from tests.factories import make_agency

pytestmark = pytest.mark.django_db


def test_a_subtree_is_a_prefix_of_the_path():
    city = make_agency("虚构市人民政府")
    district = make_agency("虚构区人民政府", parent=city)
    bureau = make_agency("虚构区某局", parent=district)
    make_agency("别处某局")
    below = Agency.objects.filter(path__startswith=city.path)
    assert list(below) == [city, district, bureau]


def test_moving_an_agency_takes_all_below_it_along():
    old, new = make_agency(), make_agency()
    district = make_agency(parent=old)
    bureau = make_agency(parent=district)
    move_agency(district, new)
    bureau.refresh_from_db()
    assert bureau.path.startswith(new.path)
    assert not Agency.objects.filter(path__startswith=old.path).exclude(pk=old.pk).exists()


def test_an_agency_cannot_be_put_below_itself():
    district = make_agency()
    bureau = make_agency(parent=district)
    with pytest.raises(Refused, match="不能作为它的上级"):
        move_agency(district, bureau)
