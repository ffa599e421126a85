import re

import pytest
from django.core import mail
from django.core.cache import cache

from madang.ground.audit.models import Entry
from madang.ground.people.models import Person
from madang.ground.people.testing import resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried_before() -> None:
    cache.clear()


def code_in_last_letter() -> str:
    found = re.search(r"^[0-9A-Z]{3,}-?[0-9A-Z]{3,}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[0]


@pytest.mark.parametrize("times", [1, 2])
def test_somebody_whom_the_staff_entered_comes_in_with_one_code(client, at, times) -> None:
    person = resident(at).person
    for _time in range(times):
        client.logout()
        client.post("/accounts/login/", {"email": person.email.upper()})
        answer = client.post("/accounts/login/confirm/", {"code": code_in_last_letter()})
        assert answer.headers["Location"] == "/home/"
    assert len(mail.outbox) == times


def test_signing_up_and_in_stand_in_the_log_with_their_names(client) -> None:
    client.post("/accounts/signup/", {"email": "haneul@example.org", "name": "김하늘"})
    client.post("/accounts/confirm-email/", {"code": code_in_last_letter()})
    person = Person.objects.get(email="haneul@example.org")
    entries = Entry.objects.filter(subject_type="people.person", subject_id=str(person.pk)).order_by("id")
    assert list(entries.values_list("operation", "actor_id")) == [
        ("people.sign_up", None),
        ("people.sign_in", person.pk),
    ]
    assert person.name == "김하늘"


def test_a_wrong_code_lets_nobody_in(client, at) -> None:
    client.post("/accounts/login/", {"email": resident(at).person.email})
    answer = client.post("/accounts/login/confirm/", {"code": "WRONG1"})
    assert answer.status_code == 200
    assert client.get("/home/").status_code == 302


def test_an_unknown_address_gets_no_code_and_the_page_does_not_tell(client) -> None:
    answer = client.post("/accounts/login/", {"email": "nobody@madang.example"})
    assert answer.headers["Location"] == "/accounts/login/confirm/"
    assert not re.search(r"^[0-9A-Z]{3}-?[0-9A-Z]{3}$", mail.outbox[-1].body, re.MULTILINE)


def test_signing_up_with_an_address_that_is_known_leads_to_signing_in_by_letter(client, at) -> None:
    person = resident(at).person
    answer = client.post("/accounts/signup/", {"email": person.email, "name": "김하늘"})
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert len(mail.outbox) == 1
    assert "/accounts/login/" in mail.outbox[0].body


def test_letters_and_lines_speak_our_own_words(client, at) -> None:
    client.post("/accounts/signup/", {"email": "haneul@example.org", "name": "김하늘"})
    letter = mail.outbox[0]
    assert letter.subject == "[마당] 주소를 확인하는 번호예요"
    assert "김하늘 님" in letter.body
    assert "person" not in letter.body
    page = client.post("/accounts/confirm-email/", {"code": code_in_last_letter()}, follow=True)
    assert "김하늘 님, 반가워요." in page.content.decode()


def test_whoever_asks_too_often_is_told_to_wait(client) -> None:
    for _time in range(2):
        answer = client.post("/accounts/signup/", {"email": "haneul@example.org", "name": "김하늘"})
        client.cookies.clear()
    assert answer.status_code == 429
    assert "잠시 뒤에 다시 해 주세요" in answer.content.decode()
