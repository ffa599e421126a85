"""One step of the demo, run in a process of its own: loads the example year and prints the accounts as JSON.

    python -m madang.site.serving.example

The year is played up to the end of MADANG_DAY. Prints a list of [role, e-mail, name]. An interrupted load is taken
up where it ended.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
    import django

    django.setup()
    from madang.site.demo import load

    load.load_example_year(say=lambda text: print(f"madang: {text}", file=sys.stderr, flush=True))
    print(json.dumps(load.accounts(), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
