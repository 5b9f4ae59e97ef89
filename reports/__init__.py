"""Annual reports on government information disclosure (政府信息公开工作年度报告).

One app. Its packages stand on a ladder, and each imports only from rungs
below its own; rung-mates do not know each other, except that a door may call
``forms``, which stands one rung below (tests/architecture holds the ladder to
its word):

    doors      desk  public  admin  jobs  management  templatetags
    forms      forms
    verbs      actions
    questions  queries
               permissions
    memory     models
    tools      checker  importers  exporters
    waist      sheet
    law        editions  workflow
"""
