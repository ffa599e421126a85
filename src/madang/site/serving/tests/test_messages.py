import polib
import pytest

from madang.site.serving import messages
from madang.site.serving.messages import Message


@pytest.fixture
def room(tmp_path):
    """A room with one view, one template and an English catalogue to be filled."""
    folder = tmp_path / "room"
    (folder / "templates" / "room").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "locale").mkdir()
    (folder / "views.py").write_text(
        'title = _("의제")\n'
        'many = ngettext("%(n)s건", "%(n)s건들", n)\n'
        'month = pgettext("달력", "월")\n'
        "skip = _(name)\n"
    )
    (folder / "templates" / "room" / "page.html").write_text(
        '{% load i18n %}<p title="{% translate "도움말" %}">'
        "{% blocktranslate %}{{ name }}님, 안녕하세요{% endblocktranslate %}</p>"
    )
    (folder / "tests" / "test_views.py").write_text('_("시험에만 있는 말")')
    return folder


def test_texts_come_from_python_and_templates_but_not_from_tests(room):
    assert messages.collect(room) == [
        Message("%(n)s건", "%(n)s건들"),
        Message("%(name)s님, 안녕하세요"),
        Message("도움말"),
        Message("월", context="달력"),
        Message("의제"),
    ]


def test_an_inner_room_with_its_own_catalogue_keeps_its_texts(room):
    inner = room / "inner"
    (inner / "locale").mkdir(parents=True)
    (inner / "views.py").write_text('_("안쪽")')
    assert Message("안쪽") not in messages.collect(room)
    assert messages.collect(inner) == [Message("안쪽")]


def test_missing_texts_are_added_once_and_a_translation_stays(room):
    assert messages.add_missing(room) == (5, 5)
    path = room / messages.CATALOGUE
    catalogue = polib.pofile(str(path))
    catalogue.find("의제").msgstr = "Agenda"
    catalogue.save()
    assert messages.add_missing(room) == (0, 4)
    assert polib.pofile(str(path)).find("의제").msgstr == "Agenda"
    assert "#:" not in path.read_text()
    assert "POT-Creation-Date" not in path.read_text()


def test_an_untranslated_text_that_is_gone_leaves_the_catalogue(room):
    messages.add_missing(room)
    (room / "views.py").write_text("")
    messages.add_missing(room)
    assert polib.pofile(str(room / messages.CATALOGUE)).find("의제") is None


def test_a_text_without_english_is_reported_until_it_has_some(room):
    (room / "views.py").write_text('_("의제")')
    (room / "templates" / "room" / "page.html").unlink()
    assert messages.untranslated(room) == [Message("의제")]
    messages.add_missing(room)
    assert messages.untranslated(room) == [Message("의제")]
    catalogue = messages.read(room / messages.CATALOGUE)
    catalogue.find("의제").msgstr = "Agenda"
    catalogue.save()
    assert messages.untranslated(room) == []


def test_a_catalogue_is_compiled_only_when_it_is_newer(room):
    messages.add_missing(room)
    assert messages.compile_catalogues(room) == 1
    assert messages.compile_catalogues(room) == 0
    (room / messages.CATALOGUE.with_suffix(".mo")).unlink()
    assert messages.compile_catalogues(room) == 1
