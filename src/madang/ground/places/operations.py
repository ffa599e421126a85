from __future__ import annotations

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def load_places(district_model: Any, dong_model: Any) -> None:
    """Bring districts and dongs of the data files into the database; run again, it only mends what differs."""
    districts = {}
    for row in tomllib.loads((DATA / "districts.toml").read_text(encoding="utf-8"))["district"]:
        fields = {
            "slug": row["slug"],
            "name": row["name_ko"],
            "short_name": row["short_ko"],
            "name_en": row["name_en"],
            "tile_column": row["tile"]["column"],
            "tile_row": row["tile"]["row"],
        }
        districts[row["code"]], _new = district_model.objects.update_or_create(code=row["code"], defaults=fields)
    with (DATA / "dongs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            dong_model.objects.update_or_create(
                code=row["code"],
                since_on=_day(row["since_on"]),
                defaults={
                    "district": districts[row["district"]],
                    "name": row["name"],
                    "until_on": _day(row["until_on"]),
                },
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
