"""Material for a forum: added, sent to everyone registered, handed to those without an account."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.decide.forums.models import Forum, Material, MaterialSending, Registration
from madang.decide.forums.states import GivenBy
from madang.ground.audit.operations import operation
from madang.ground.files.operations import keep_file
from madang.ground.notices.operations import tell
from madang.ground.people.actors import Actor
from madang.ground.people.permissions import require
from madang.ground.workflow import UnableTo


class UnableToGiveMaterial(UnableTo):
    """The material holds nothing, or there is nobody to give it to."""


def add_material(
    *,
    forum: Forum,
    title: str,
    actor: Actor,
    at: datetime,
    text: str = "",
    link: str = "",
    upload: tuple[str, str, bytes] | None = None,
) -> Material:
    """Add a text, a link (a video for instance) or a file to a forum; ``upload`` is name, content type and bytes.

    Raises ``UnableToGiveMaterial`` when it holds none of them or the forum is over.
    """
    require(actor, "forums.plan", forum)
    if not (text.strip() or link or upload):
        raise UnableToGiveMaterial(_("글, 링크, 파일 가운데 하나는 넣어 주세요."), field="text")
    if forum.state != "planned":
        raise UnableToGiveMaterial(_("이미 마친 자리예요."))
    with operation("forums.add_material", actor=actor, at=at):
        stored = None
        if upload is not None:
            name, content_type, content = upload
            stored = keep_file(
                content=content, name=name, content_type=content_type, purpose="forum material", actor=actor, at=at
            )
        return Material.objects.create(forum=forum, title=title, text=text, link=link, file=stored, added_at=at)


def send_material(*, material: Material, actor: Actor, at: datetime) -> int:
    """Publish a material and give it to everyone registered with an account who has not got it; returns how many.

    Each is told, and who was given it when is kept.
    """
    require(actor, "forums.plan", material)
    forum = material.forum
    if forum.state != "planned":
        raise UnableToGiveMaterial(_("이미 마친 자리예요."))
    with operation("forums.send_material", actor=actor, at=at):
        people = list(_without(material).exclude(person=None))
        _give(material, people, GivenBy.NOTICE, at)
        Material.objects.filter(pk=material.pk, sent_at=None).update(sent_at=at)
        tell(
            person_ids=[one.person_id for one in people if one.person_id is not None],
            key=f"forum-material-{material.pk}",
            subject=_("%(title)s: 미리 볼 자료가 왔어요") % {"title": forum.title},
            body=f"{material.title}\n\n{material.text}".strip(),
            link=reverse("forums:forum", args=[forum.district.slug, forum.pk]),
            at=at,
        )
    return len(people)


def note_handed_out(*, material: Material, actor: Actor, at: datetime) -> int:
    """Note that those without an account were handed a material; returns how many. Raises ``UnableToGiveMaterial``."""
    require(actor, "forums.plan", material)
    if material.sent_at is None:
        raise UnableToGiveMaterial(_("먼저 자료를 보내 주세요."))
    with operation("forums.hand_out_material", actor=actor, at=at):
        people = list(_without(material).filter(person=None))
        _give(material, people, GivenBy.HAND, at)
    return len(people)


def remove_material(*, material: Material, actor: Actor, at: datetime) -> None:
    """Take out a material that nobody was sent yet. Raises ``UnableToGiveMaterial``."""
    require(actor, "forums.plan", material)
    if material.sent_at is not None:
        raise UnableToGiveMaterial(_("이미 보낸 자료는 뺄 수 없어요."))
    with operation("forums.remove_material", actor=actor, at=at):
        material.delete()


def _without(material: Material) -> QuerySet[Registration]:
    active = Registration.objects.filter(forum_id=material.forum_id).exclude(state="withdrawn")
    return active.exclude(materials__material=material)


def _give(material: Material, people: list[Registration], given_by: GivenBy, at: datetime) -> None:
    MaterialSending.objects.bulk_create(
        [MaterialSending(material=material, registration=one, given_by=given_by, sent_at=at) for one in people],
        ignore_conflicts=True,
    )
