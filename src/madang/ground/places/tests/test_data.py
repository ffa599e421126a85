from collections import Counter
from datetime import date, timedelta

import pytest

from madang.ground.places.data import dongs_on, read_districts, read_dongs


def test_seoul_has_25_districts_with_codes_slugs_and_names_of_their_own():
    districts = read_districts()
    assert len(districts) == 25
    for field in ("code", "slug", "name_ko", "short_ko", "name_en"):
        assert len({getattr(district, field) for district in districts}) == 25


def test_a_district_is_named_in_both_languages():
    dobong = next(district for district in read_districts() if district.slug == "dobong")
    assert (dobong.code, dobong.name_ko, dobong.short_ko, dobong.name_en) == ("11320", "도봉구", "도봉", "Dobong-gu")
    jung = next(district for district in read_districts() if district.slug == "jung")
    assert (jung.name_ko, jung.short_ko, jung.name_en) == ("중구", "중구", "Jung-gu")


def test_no_two_tiles_lie_on_one_square_and_all_fit_a_map_of_six_by_six():
    squares = [(district.tile_column, district.tile_row) for district in read_districts()]
    assert len(set(squares)) == 25
    assert all(0 <= column < 6 and 0 <= row < 6 for column, row in squares)


def test_neighbours_stay_neighbours_on_the_tile_map():
    at = {district.slug: (district.tile_column, district.tile_row) for district in read_districts()}
    assert at["nowon"] == (at["dobong"][0] + 1, at["dobong"][1])
    assert at["geumcheon"][1] == max(row for _, row in at.values())


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2020, 6, 1), 424),
        (date(2020, 12, 31), 424),
        (date(2021, 1, 1), 425),
        (date(2021, 6, 1), 425),
        (date(2021, 7, 1), 426),
    ],
)
def test_the_number_of_dongs_follows_the_day(day, count):
    assert len(dongs_on(day)) == count


def test_every_dong_has_its_own_code_that_begins_with_its_district():
    dongs = read_dongs()
    districts = {district.code for district in read_districts()}
    assert len({dong.code for dong in dongs}) == len(dongs)
    assert all(dong.district in districts and dong.code.startswith(dong.district) for dong in dongs)


def test_names_repeat_in_the_city_but_never_in_a_district():
    names = Counter((dong.district, dong.name) for dong in read_dongs())
    assert max(names.values()) == 1
    assert len([dong for dong in read_dongs() if dong.name == "신사동"]) == 2


def test_a_dong_is_there_on_its_last_day_and_gone_the_day_after():
    sangil = next(dong for dong in read_dongs() if dong.name == "상일동")
    assert sangil.exists_on(date(2021, 6, 30))
    assert not sangil.exists_on(date(2021, 6, 30) + timedelta(days=1))


def test_the_one_date_taken_from_the_guide_alone_says_so():
    unverified = [dong.name for dong in read_dongs() if dong.note.startswith("unverified")]
    assert unverified == ["항동"]


def test_the_dongs_of_a_district_add_up_to_its_population():
    dobong = [dong for dong in dongs_on(date(2020, 6, 5)) if dong.district == "11320"]
    assert len(dobong) == 14
    for district in read_districts():
        total = sum(dong.population or 0 for dong in read_dongs() if dong.district == district.code)
        assert total == district.population
