from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.decide.agendas.operations.proposals import Source, Words
from madang.decide.agendas.states import PROPOSAL, WRITTEN_DOWN, Origin
from madang.decide.forums.models import Forum
from madang.ground.cycles.models import Cycle
from madang.ground.places.models import District, Dong
from madang.ground.places.queries import dongs_of

LINE = {"class": "in"}


class ProposalForm(forms.Form):
    """What a resident writes; the key makes a form that is sent twice one proposal."""

    title = forms.CharField(
        label=_("한 줄로 말하면"),
        help_text=_("예: 방학천 산책로에 밤길 불빛을"),
        max_length=100,
        widget=forms.TextInput(attrs={**LINE, "autocomplete": "off"}),
        error_messages={"required": _("한 줄 제목을 적어 주세요.")},
    )
    problem = forms.CharField(
        label=_("무엇이 불편하거나 아쉬운가요"),
        help_text=_("언제, 어디서, 누가 겪는 일인지 쓰면 함께 살피기 쉬워요. 전화번호 같은 개인정보는 쓰지 마세요."),
        max_length=4000,
        widget=forms.Textarea(attrs={**LINE, "rows": 6}),
        error_messages={"required": _("무엇이 불편하거나 아쉬운지 적어 주세요.")},
    )
    wish = forms.CharField(
        label=_("어떻게 되면 좋을까요"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={**LINE, "rows": 4}),
    )
    dong = forms.ModelChoiceField(
        label=_("어느 동 이야기인가요"),
        queryset=Dong.objects.none(),
        required=False,
        empty_label=_("구 전체 또는 잘 모르겠어요"),
        widget=forms.Select(attrs=LINE),
    )
    place = forms.CharField(
        label=_("그곳을 뭐라고 부르나요"),
        help_text=_("예: 방학천 도깨비시장 앞 다리"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={**LINE, "autocomplete": "off"}),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: object, district: District, day: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = dongs_of(district, day)

    def words(self) -> Words:
        """Return what was written, for the operation."""
        names = ("title", "problem", "wish", "place", "dong")
        return Words(**{name: self.cleaned_data[name] for name in names})


class WrittenDownForm(ProposalForm):
    """What staff write down for somebody, with where it came from; the name stays private."""

    origin = forms.ChoiceField(
        label=_("어디에서 온 제안인가요"),
        choices=[(origin.value, origin.label) for origin in WRITTEN_DOWN],
        widget=forms.Select(attrs=LINE),
    )
    forum = forms.ModelChoiceField(
        label=_("어느 공론장인가요"),
        help_text=_("공론장에서 나온 제안일 때만 골라 주세요."),
        queryset=Forum.objects.none(),
        required=False,
        empty_label=_("공론장에서 나온 것이 아니에요"),
        widget=forms.Select(attrs=LINE),
    )
    proposer_name = forms.CharField(
        label=_("제안한 분 이름"),
        help_text=_("담당자만 봐요. 공개하는 쪽과 파일에는 나오지 않아요."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={**LINE, "autocomplete": "off"}),
    )
    field_order = ("origin", "forum", "title", "problem", "wish", "dong", "place", "proposer_name")

    def __init__(self, *args: object, district: District, cycle: Cycle | None, day: date, **kwargs: object) -> None:
        super().__init__(*args, district=district, day=day, **kwargs)
        self.fields["forum"].queryset = Forum.objects.filter(district=district, cycle=cycle)

    def source(self) -> Source:
        """Return where the proposal came from, for the operation."""
        names = ("origin", "forum", "proposer_name")
        return Source(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def from_forum(forum: Forum) -> dict[str, object]:
        """Return what a form already knows when it is opened from a forum."""
        return {"origin": Origin.FORUM.value, "forum": forum.pk, "dong": forum.dong_id, "place": forum.place}


class FilterForm(forms.Form):
    """Which proposals of a list to show."""

    state = forms.ChoiceField(
        label=_("지금 모습"),
        choices=[("", _("모두"))] + [(state.key, state.public) for state in PROPOSAL.states],
        required=False,
        widget=forms.Select(attrs=LINE),
    )
    dong = forms.TypedChoiceField(
        label=_("동"), coerce=int, empty_value=None, required=False, widget=forms.Select(attrs=LINE)
    )

    def __init__(self, *args: object, dongs: Iterable[Dong], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = [("", _("모든 동"))] + [(dong.pk, dong.name) for dong in dongs]

    def chosen(self) -> tuple[str, int | None]:
        """Return state and dong; what cannot be understood is not a filter."""
        self.is_valid()
        return self.cleaned_data.get("state", ""), self.cleaned_data.get("dong")


class DeclineForm(forms.Form):
    """Why a proposal is declined."""

    title, question, button = _("맡지 않기"), _("이 제안을 맡지 않을까요?"), _("까닭과 함께 알리기")
    reason = forms.CharField(
        label=_("맡지 않는 까닭"),
        help_text=_("제안한 분께 그대로 전하고, 누구나 읽을 수 있어요."),
        max_length=2000,
        widget=forms.Textarea(attrs={**LINE, "rows": 3}),
        error_messages={"required": _("까닭을 적어 주세요. 제안한 분과 모두가 읽어요.")},
    )


class HandOverForm(DeclineForm):
    """What becomes of a proposal in the district's own participatory budget (AGENDA-5)."""

    title, question = _("구 주민참여예산으로 넘기기"), _("이 제안을 구 주민참여예산으로 넘길까요?")
    button = _("넘기고 알리기")
    reason = forms.CharField(
        label=_("어디에서 어떻게 살펴보나요"),
        help_text=_("제안한 분께 그대로 전하고, 누구나 읽을 수 있어요."),
        max_length=2000,
        widget=forms.Textarea(attrs={**LINE, "rows": 3}),
        error_messages={"required": _("구 주민참여예산에서 어떻게 살펴보는지 적어 주세요.")},
    )
