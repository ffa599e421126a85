"""Loads the example year up to its usual day; prints who can sign in."""

from __future__ import annotations

import json
from datetime import datetime

import django

django.setup()

from madang.site.demo.load import load_example_year  # noqa: E402
from madang.site.demo.people import ACCOUNTS  # noqa: E402

if __name__ == "__main__":
    load_example_year(until=datetime.fromisoformat("2020-07-06T23:59:00+09:00"))
    print(json.dumps({"accounts": [[str(account.role), account.email] for account in ACCOUNTS]}))
