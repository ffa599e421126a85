from madang.engines.rulebook import english_item_name, fiscal_years, item_codes


def test_every_item_of_every_year_has_an_english_name():
    names = {item.name for year in fiscal_years() for item in item_codes(year)}
    assert [name for name in sorted(names) if english_item_name(name) == name] == []


def test_a_name_that_is_not_known_stays_as_it_is():
    assert english_item_name("없는 이름") == "없는 이름"
