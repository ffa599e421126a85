"""The local survey (지역조사): findings, resources, joint projects and related plans, questionnaires."""
