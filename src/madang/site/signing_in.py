"""Signing in by a code sent by e-mail; a name is asked for once."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madang.ground.audit.operations import operation
from madang.ground.people.actors import NOBODY


class NameForm(forms.Form):
    """What a new person is asked beside the address."""

    name = forms.CharField(label=_("이름"), max_length=60, help_text=_("공개되는 곳에는 김○○처럼 성만 보여요."))

    def signup(self, request: HttpRequest, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Write every account change into the log like any other."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        with operation("people.sign_up", actor=NOBODY, at=request.at):  # type: ignore[attr-defined]
            return super().save_user(request, user, form, commit)
