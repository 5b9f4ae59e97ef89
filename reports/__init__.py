"""Annual reports on government information disclosure (政府信息公开工作年度报告).

One app. Its packages stand on a ladder, and each imports only from rungs
below its own; rung-mates do not know each other (tests/architecture holds the
ladder to its word). Jobs stand below the doors, which put work off to them:

    doors      accounts  desk  public  admin  operations  management
    forms      forms  jobs
    verbs      actions
    questions  queries
               permissions
    memory     models
    tools      checker  importers  exporters
    waist      sheet
    law        editions  workflow
"""
