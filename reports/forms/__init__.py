"""What a part looks like while it is being written: a form for each part.

cells      a typed cell becomes a number, or a sentence saying why not
drawing    a statutory table with boxes, and its equations for the browser
layout     the crispy object that draws it
tables     parts two, three and four
prose      the preface and parts one, five and six
reading    a document's reading, to be corrected before it is stored
reading_tables   its three tables, with what was printed told below each row
"""

from .prose import NarrativeForm, PrefaceForm
from .tables import ApplicationsForm, DisclosureForm, RemediesForm

PART_FORMS = {
    "preface": PrefaceForm,
    "overview": NarrativeForm,
    "disclosure": DisclosureForm,
    "applications": ApplicationsForm,
    "remedies": RemediesForm,
    "problems": NarrativeForm,
    "other_matters": NarrativeForm,
}

__all__ = [
    "PART_FORMS",
    "ApplicationsForm",
    "DisclosureForm",
    "NarrativeForm",
    "PrefaceForm",
    "RemediesForm",
]
