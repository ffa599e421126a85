"""One step of the demo, run in a process of its own: loads the example year and prints the accounts as JSON.

    python -m madang.site.serving.example

Prints a list of [role, e-mail, name]. An interrupted load leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    import django

    django.setup()
    if find_spec("madang.site.demo.load") is None:
        print("[]")
        return 0
    from django.contrib.auth import get_user_model
    from django.db import transaction

    load = import_module("madang.site.demo.load")
    if not get_user_model().objects.exists():
        print("madang: loading the example year …", file=sys.stderr, flush=True)
        with transaction.atomic():
            load.load_example_year()
    print(json.dumps([list(map(str, account)) for account in load.accounts()], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
